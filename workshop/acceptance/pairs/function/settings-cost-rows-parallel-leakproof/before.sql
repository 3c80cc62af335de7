create function f(a int) returns setof int language sql as $$ select a $$;
create function g() returns void language plpgsql security definer as 'begin end';
