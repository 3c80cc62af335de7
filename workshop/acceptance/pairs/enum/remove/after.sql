create type m as enum ('a', 'b');
create table t (id int primary key, x m not null default 'a', y m[]);
