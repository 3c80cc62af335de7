-- since 18
create table t (id int primary key, a int, g int generated always as (a * 2) virtual);
create view v as select id, g from t;
comment on column t.g is 'twice';
