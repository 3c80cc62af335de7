create table t (id int primary key, a int);
create view v as select t from t;
create view w as select (v.t).a from v;
