create table t (id int primary key, a int default 8, b text);
