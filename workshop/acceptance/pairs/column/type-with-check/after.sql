create table t (id int primary key, a int, b text check (b in ('1', '2', '3')));
