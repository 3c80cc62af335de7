create table t (id int, n text) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.1, toast.autovacuum_enabled = off);
create index t_i on t (id) with (fillfactor = 50, deduplicate_items = off);
create index t_e on t ((id + 1));
alter index t_e alter column 1 set statistics 10;
