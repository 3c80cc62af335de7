create table t (id int not null, k int not null) partition by list (k);
create table t1 partition of t for values in (1);
create table t2 partition of t for values in (2);
create unique index t1_idx on t1 (k, id);
alter table t add primary key (k, id);
