create table t (id int primary key, a int, b varchar(10) check (b in ('1', '2', '3')));
