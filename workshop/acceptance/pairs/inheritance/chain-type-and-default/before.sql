create table a (id int, n int default 1 check (n > 0));
create table b (m int) inherits (a);
create table c (k int default 5) inherits (b);
