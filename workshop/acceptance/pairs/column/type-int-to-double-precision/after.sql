create table t (id int primary key, a double precision, b text);
