create table t (id int primary key, a int, b int);
create view v as select a, b from t;
