create table t (id int primary key, n int, s text);
alter table t replica identity full;
create publication p for table t (id, n) where (n > 3);
