create table t (id int primary key, a int, b text);
create view v with (security_barrier) as select id, a from t;
