create table t (id int, a int, b text, primary key (id) include (a));
