create table t (id int, a int, b text);
create unique index k on t (a);
