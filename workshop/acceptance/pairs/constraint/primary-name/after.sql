create table t (id int, a int, b text, constraint l primary key (id));
