create function nums(n int) returns table (i int) language sql immutable as $$ select generate_series(1, n) $$;
create view v as select i from nums(3);
create view w as select v.i, n.i as j from v, lateral nums(v.i) n;
