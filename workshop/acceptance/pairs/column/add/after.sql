create table t (id int primary key, a int, c text, b text);
