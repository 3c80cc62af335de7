create table t (id int primary key, n text);
create index t_n on t (n);
create unique index t_l on t (lower(n));
create view v as select n from t order by n;
