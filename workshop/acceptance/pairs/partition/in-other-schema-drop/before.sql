create schema s;
create schema q;
create table s.t (id serial, a int, primary key (id, a)) partition by list (a);
create table q.t1 partition of s.t for values in (1);
create table q.t2 partition of s.t for values in (2);
