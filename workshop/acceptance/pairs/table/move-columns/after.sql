create table t (id int primary key, c text, b text, d int);
