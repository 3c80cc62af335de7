alter default privileges revoke execute on functions from public;
create schema app;
alter default privileges in schema app grant all on tables to pg_read_all_data with grant option;
alter default privileges grant usage on types to pg_monitor;
alter default privileges grant usage on schemas to pg_monitor;
create table app.t (id serial);
create function app.f() returns int language sql as 'select 1';
