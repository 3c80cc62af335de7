create table lim (n int);
create function ok(v int) returns boolean language sql stable as $$ select v < coalesce((select max(n) from lim), 1000) $$;
create table t (v int check (ok(v)));
