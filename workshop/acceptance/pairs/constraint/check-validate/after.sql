create table t (id int, a int, b text);
alter table t add constraint k check (a > 0);
