alter default privileges grant select on tables to pg_monitor;
create schema s;
alter default privileges in schema s grant execute on functions to pg_monitor;
