create table t (id int primary key, a int, b text);
create table x (id int);
