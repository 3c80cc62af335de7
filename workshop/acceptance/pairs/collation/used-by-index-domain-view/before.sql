create collation ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table t (id int primary key, a text collate ci unique, b varchar(10) collate ci);
create index t_b on t (b) where b = 'x';
create index t_l on t (lower(a));
create view v as select a from t where a = 'q';
