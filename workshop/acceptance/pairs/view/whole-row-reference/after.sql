create table t (id int primary key, a int, b text);
create view v as select t from t;
create view w as select (v.t).b from v;
