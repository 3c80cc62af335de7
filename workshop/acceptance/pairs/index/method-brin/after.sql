create table t (id int primary key, a int, b text);
create index i on t using brin (a) with (pages_per_range = 16);
