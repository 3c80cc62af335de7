create type pair as (b int, a int);
create function f(p pair) returns int language sql as $$ select p.a $$;
