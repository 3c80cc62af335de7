create table t (id int);
create function f(a int) returns int immutable language sql as 'select a';
alter table t add column g int generated always as (f(id)) stored;
create view v as select g from t;
