create table t (id int primary key, a int, c int, b text);
create view v as select id, a, c from t;
