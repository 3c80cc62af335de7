create table t (id int, a int, b text, constraint k primary key (id));
