create function nx() returns int language sql as 'select 1';create table t (id int primary key, a int default nx(), b text);
