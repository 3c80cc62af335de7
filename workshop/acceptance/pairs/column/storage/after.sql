create table t (id int primary key, a int, b text);
alter table t alter b set storage external;
