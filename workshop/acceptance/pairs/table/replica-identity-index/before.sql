create table t (id int primary key, a int, b text);
alter table t alter a set not null;
create unique index t_a on t (a);
