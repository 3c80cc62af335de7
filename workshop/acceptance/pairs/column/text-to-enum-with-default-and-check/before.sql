create table t (id int primary key, s text not null default 'a' check (s in ('a', 'b')));
create index t_s on t (s) where s = 'a';
create view v as select s from t;
