create function nums(n int, step int default 1) returns table (i bigint) language sql immutable as $$ select generate_series(1::bigint, n, step) $$;
create view v as select i from nums(3);
create view w as select v.i, n.i as j from v, lateral nums(v.i::int) n;
