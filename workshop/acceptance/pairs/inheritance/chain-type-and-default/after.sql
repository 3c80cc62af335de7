create table a (id int, n bigint default 2 check (n > 1));
create table b (m int) inherits (a);
create table c (k int default 6) inherits (b);
alter table c alter n set default 9;
