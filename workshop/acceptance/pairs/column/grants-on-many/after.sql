create table t (a int, b int, c int);
grant select (b), update (b), references (c) on t to pg_monitor;
grant insert (a) on t to pg_read_all_data;
grant select on t to pg_read_all_data;
