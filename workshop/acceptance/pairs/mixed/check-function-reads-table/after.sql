create table lim (n bigint, kind text);
create function ok(v int, kind text) returns boolean language sql stable as $$ select v < coalesce((select max(n) from lim l where l.kind = ok.kind), 1000) $$;
create table t (v int, kind text, check (ok(v, kind)));
