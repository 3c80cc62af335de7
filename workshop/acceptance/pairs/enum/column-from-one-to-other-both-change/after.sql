create type a as enum ('z', 'x');
create type b as enum ('r', 'x', 's');
create table t (id int, c b, d a);
create view v as select c, d from t;
