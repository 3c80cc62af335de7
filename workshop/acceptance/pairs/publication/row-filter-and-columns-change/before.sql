create table a (id int primary key, x int, y text);
create table b (id int primary key, z int);
create publication p for table a (id, x) where (x > 1), b;
