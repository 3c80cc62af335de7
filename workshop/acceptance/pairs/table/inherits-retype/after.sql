create table p (id bigint, x text);
create table c (y int) inherits (p);
