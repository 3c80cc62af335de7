create schema s;
create table t (a int);
create table s.t (a int);
create index i on t (a);
create index i on s.t (a);
