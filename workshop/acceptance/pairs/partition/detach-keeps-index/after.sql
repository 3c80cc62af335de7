create table t (a int primary key, b int) partition by list (a);
create table t1 (a int not null constraint t1_pkey primary key, b int);
create index t1_b_idx on t1 (b);
create index t_b on t (b);
