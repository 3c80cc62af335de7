create type a as enum ('x', 'y', 'z');
create table p (a a primary key);
create table c (a a references p, n int) partition by range (n);
create table c1 partition of c for values from (0) to (10);
