create table a (id int, x int, y int);
create table b (z int) inherits (a);
create table c (w int) inherits (a);
create table d () inherits (b, c);
