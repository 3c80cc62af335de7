create table t (id int primary key, a int, g int generated always as (a * 2) stored);
create index i on t (g);
