create type a as enum ('x', 'y', 'z');
create type b as enum ('x', 'q', 'r');
create table t (id int, c a, d b);
create view v as select c, d from t;
