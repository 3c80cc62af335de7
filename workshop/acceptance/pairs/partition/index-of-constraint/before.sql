create table t (id int not null, k int not null) partition by list (k);
create table t1 partition of t for values in (1);
