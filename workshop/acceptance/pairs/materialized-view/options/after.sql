create table t (id int primary key, a int, b text);
create materialized view v with (fillfactor = 50) as select id, a from t;
