create table t (id int primary key, a int, c serial, b text);
