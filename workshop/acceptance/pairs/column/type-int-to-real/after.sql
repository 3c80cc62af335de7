create table t (id int primary key, a real, b text);
