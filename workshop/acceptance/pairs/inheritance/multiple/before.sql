create table p (a int);
create table q (a int, b int);
create table c () inherits (p, q);
