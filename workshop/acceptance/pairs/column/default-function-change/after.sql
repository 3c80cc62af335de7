create function nx() returns bigint language sql as 'select 1::bigint';create table t (id int primary key, a int default nx(), b text);
