create type m as enum ('a', 'b', 'c');
create table t (id int primary key, x m not null default 'a', y m[]);
create index i on t (x) where x <> 'b';
create view v as select x from t;
create function f(m) returns m language sql as 'select $1';
alter table t add constraint k check (x <> 'c');
