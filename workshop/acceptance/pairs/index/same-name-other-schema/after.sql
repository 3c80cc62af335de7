create schema s;
create table t (a int, b int);
create table s.t (a int);
create index i on t (b);
create index i on s.t (a desc);
