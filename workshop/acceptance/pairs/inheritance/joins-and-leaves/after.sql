create table a (id int, n text);
create table b (x int) inherits (a);
create table c (id int, n text);
