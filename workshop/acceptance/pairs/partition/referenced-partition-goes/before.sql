create table t (a int primary key) partition by list (a);
create table t1 partition of t for values in (1);
create table t2 partition of t for values in (2);
create table r (a int references t);
