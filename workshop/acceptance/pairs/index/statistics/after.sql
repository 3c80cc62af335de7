create table t (id int primary key, a int, b text);
create index i on t ((a + 1));
alter index i alter 1 set statistics 300;
