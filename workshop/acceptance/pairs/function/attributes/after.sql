create function f(a int) returns int language sql immutable strict parallel safe leakproof security definer cost 5 set search_path = public as 'select a';
