create table t (id int, n text) with (autovacuum_vacuum_scale_factor = 0.2, parallel_workers = 2, toast_tuple_target = 4000, toast.autovacuum_vacuum_threshold = 5);
create index t_i on t (id) with (fillfactor = 60);
create index t_e on t ((id + 1));
alter index t_e alter column 1 set statistics 100;
alter table t alter id type bigint;
