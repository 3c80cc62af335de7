create table t (id int, a int, b text, constraint k unique (a));
