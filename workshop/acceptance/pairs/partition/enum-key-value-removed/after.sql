create type k as enum ('b', 'a');
create table t (id int primary key, kind k not null);
create table p (id int, n int) partition by list (n);
create table p1 partition of p for values in (1, 2);
create table p3 partition of p for values in (3, null);
