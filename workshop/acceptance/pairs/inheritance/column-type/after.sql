create table p (a bigint, n text);
create table c (b int) inherits (p);
create table d () inherits (c);
