create table t (a int, b int, c text) partition by list (a);
create table t1 partition of t for values in (1) partition by list (b);
create table t1x partition of t1 for values in (1);
create table t2 partition of t for values in (2);
