create table t (id int primary key, a int, b text);
create index x on t (a);
