create table p (id int, x text, z int default 3);
create table c (y int) inherits (p);
