create table t (id int primary key, a int, b text);
grant select (a), update (a, b) on t to pg_monitor;
