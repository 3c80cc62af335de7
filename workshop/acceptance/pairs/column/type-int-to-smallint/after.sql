create table t (id int primary key, a smallint, b text);
