alter default privileges grant select on tables to pg_monitor;
create schema app;
alter default privileges in schema app grant usage on sequences to pg_monitor;
create table app.t (id serial);
