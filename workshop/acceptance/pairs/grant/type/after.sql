create type m as enum ('a');
revoke usage on type m from public;
grant usage on type m to pg_monitor;
