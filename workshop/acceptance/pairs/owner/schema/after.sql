create schema s;
alter schema s owner to pg_monitor;
create table s.t (id serial);
alter table s.t owner to pg_monitor;
