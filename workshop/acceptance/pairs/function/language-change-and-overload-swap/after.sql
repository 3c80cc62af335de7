create function f(a int) returns int language plpgsql immutable as $$ begin return a; end $$;
create function f(a text, b int default 0) returns int language sql immutable as $$ select 1 $$;
create table t (x int default f(1), y int default f('a'::text), check (f(x) > 0 and f('q'::text) > 0));
