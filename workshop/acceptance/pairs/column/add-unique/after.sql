create table t (id int primary key, a int, c int unique, b text);
