create table t1 (a int, b int);
create index t1_b_idx on t1 (b);
