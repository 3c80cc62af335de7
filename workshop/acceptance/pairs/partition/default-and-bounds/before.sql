create table t (a int) partition by range (a);
create table t1 partition of t for values from (0) to (10);
create table td partition of t default;
