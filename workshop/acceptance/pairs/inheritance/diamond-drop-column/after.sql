create table a (id int, y int);
create table b (z int) inherits (a);
create table c (w int, x int) inherits (a);
create table d () inherits (b, c);
