create type pair as (a int, b int);
create function f(p pair) returns int language sql as $$ select p.a $$;
