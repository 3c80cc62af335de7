create domain d as bigint check (value > 0);
create function f(x d, y d[]) returns d language sql immutable as $$ select x $$;
create table t (v d default f(1, '{1}'));
