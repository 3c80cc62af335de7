create table a (id int, n text);
create table b (id int, n text, x int);
create table c () inherits (a);
