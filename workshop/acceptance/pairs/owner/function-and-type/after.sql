create type m as enum ('a');
create function f() returns int language sql as 'select 1';
alter type m owner to pg_monitor;
alter function f() owner to pg_monitor;
