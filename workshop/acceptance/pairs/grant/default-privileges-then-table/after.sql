alter default privileges grant select on tables to pg_monitor;create table t (id int primary key, a int, b text);
