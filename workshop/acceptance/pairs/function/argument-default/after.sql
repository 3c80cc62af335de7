create function f(a int default 3) returns int language sql as 'select 1';
