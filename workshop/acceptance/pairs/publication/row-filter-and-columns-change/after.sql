create schema s;
create table s.c (id int primary key);
create table a (id int primary key, x int, y text);
create table b (id int primary key, z int);
create publication p for table a (id, y) where (id > 1), b where (z = 3), s.c with (publish = 'insert, update', publish_via_partition_root);
create publication q for tables in schema s;
