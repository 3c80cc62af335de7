create table t (id int primary key,
  -- renamed from b
  a int,
  -- renamed from a
  b int);
create view v as select a as b, b as a from t;
