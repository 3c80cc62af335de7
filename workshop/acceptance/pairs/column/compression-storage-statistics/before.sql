create table t (id int, a text compression pglz, b text, c bytea);
alter table t alter b set storage external, alter c set statistics 500, alter c set (n_distinct = 5);
