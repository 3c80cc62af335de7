create function f(a int, b int default 1) returns int language sql as 'select 1';
create table t (id int default f(1), x int check (f(x) > 0));
