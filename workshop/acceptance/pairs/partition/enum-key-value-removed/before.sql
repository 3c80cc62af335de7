create type k as enum ('a', 'b', 'c');
create table t (id int primary key, kind k not null);
create table p (id int, n int) partition by list (n);
create table p1 partition of p for values in (1);
