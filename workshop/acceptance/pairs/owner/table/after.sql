create table t (id int primary key, a int, b text);
alter table t owner to pg_monitor;
