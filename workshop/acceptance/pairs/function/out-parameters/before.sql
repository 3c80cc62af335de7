create function f(out a int, out b text) language sql as $$ select 1, 'x' $$;
