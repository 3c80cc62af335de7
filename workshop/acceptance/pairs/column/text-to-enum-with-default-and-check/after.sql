create type st as enum ('a', 'b');
create table t (id int primary key, s st not null default 'a');
create index t_s on t (s) where s = 'a';
create view v as select s from t;
