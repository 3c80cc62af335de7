create table t (id int, r int4range);
