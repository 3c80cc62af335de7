create table t (id int primary key, x int);
create table t_new (id int primary key, y int);
