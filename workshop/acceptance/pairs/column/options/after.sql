create table t (id int primary key, a int, b text);
alter table t alter a set (n_distinct = 5);
