create table t (a int, b int) partition by list (a);
create table t1 partition of t for values in (1);
create table t2 partition of t for values in (2);
create index t_b on only t (b);
create index t1_b on t1 (b);
alter index t_b attach partition t1_b;
