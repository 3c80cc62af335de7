create table t (id int primary key, a bigint, b text);
create index i on t (a);
