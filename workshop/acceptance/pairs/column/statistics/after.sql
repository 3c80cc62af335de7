create table t (id int primary key, a int, b text);
alter table t alter a set statistics 500;
