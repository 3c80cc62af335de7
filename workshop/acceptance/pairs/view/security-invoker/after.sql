create table t (id int primary key, a int, b text);
create view v with (security_invoker = true) as select id, a from t;
