create type m as enum ('a', 'b', 'c', 'd');
create table t (id int primary key, x m not null default 'd', y m[]);
