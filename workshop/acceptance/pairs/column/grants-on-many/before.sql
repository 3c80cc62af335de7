create table t (a int, b int, c int);
grant select (a), update (b) on t to pg_monitor;
grant insert (a, c) on t to pg_read_all_data with grant option;
