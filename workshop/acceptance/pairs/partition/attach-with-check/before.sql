create table t (a int, b int, check (b > 0)) partition by list (a);
create table t1 (a int, b int);
