create table t (s varchar(9));
create view v as select * from t where s in ('a','b');
