revoke usage on schema public from public;
grant usage on schema public to pg_monitor;
comment on schema public is 'ours';
