create table t (id int primary key, a int, b text);
create materialized view v as select id, a from t;
