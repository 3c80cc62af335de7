create function pick(variadic anyarray) returns anyelement language sql immutable as $$ select $1[1] $$;
create view v as select pick(variadic array['a','b']) p;
