create table p (id int, x text);
create table c (y int) inherits (p);
