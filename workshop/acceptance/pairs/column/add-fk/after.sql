create table t (id int primary key, a int, c int references t, b text);
