create table t (id int primary key, a bigint, g int generated always as (a * 2) stored);
