create table t (id int primary key, a bigint, g bigint generated always as (a * 2) stored);
create index on t (g);
create view v as select g from t;
create statistics s on a, g from t;
