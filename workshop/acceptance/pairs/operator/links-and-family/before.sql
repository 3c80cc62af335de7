create type cx as (r float8, i float8);
create function cx_abs(c cx) returns float8 language sql immutable as $$ select sqrt(c.r*c.r + c.i*c.i) $$;
create function cx_lt(a cx, b cx) returns boolean language sql immutable as $$ select cx_abs(a) < cx_abs(b) $$;
create function cx_gt(a cx, b cx) returns boolean language sql immutable as $$ select cx_abs(a) > cx_abs(b) $$;
create operator << (function = cx_lt, leftarg = cx, rightarg = cx);
