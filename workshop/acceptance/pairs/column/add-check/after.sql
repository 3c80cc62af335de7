create table t (id int primary key, a int, c int check (c > 0), b text);
