create function f(a int) returns int language sql immutable as $$ select a $$;
create function f(a text) returns int language sql immutable as $$ select 1 $$;
create table t (x int default f(1), y int default f('a'::text), check (f(x) > 0));
