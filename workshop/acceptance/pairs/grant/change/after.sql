create table t (id int primary key, a int, b text);
grant select, delete on t to pg_monitor with grant option;
