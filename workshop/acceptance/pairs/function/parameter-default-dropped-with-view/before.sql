create function f(a int, b int default 2) returns int language sql immutable as $$ select a + b $$;
create view v as select f(1) x;
create view w as select x from v;
