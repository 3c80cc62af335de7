create table p (a int);
create table q (a int, b int, d int);
create table c (e int) inherits (p, q);
