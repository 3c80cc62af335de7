create table t (id int, a text, b text compression pglz, c bytea);
alter table t alter a set storage main, alter b set statistics 10, alter c set (n_distinct_inherited = 7);
