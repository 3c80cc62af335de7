create function pick(anyarray, i int default 1) returns anyelement language sql immutable as $$ select $1[i] $$;
create view v as select pick(array['a','b']) p;
