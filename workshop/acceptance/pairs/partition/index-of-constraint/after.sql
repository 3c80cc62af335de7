create table t (id int not null, k int not null) partition by list (k);
create table t1 partition of t for values in (1);
alter table t1 add constraint t1_key unique (k, id);
create unique index t_idx on t (k, id);
