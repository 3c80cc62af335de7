create table t (id int primary key, a int, b text);
create unique index i on t (a) nulls not distinct;
