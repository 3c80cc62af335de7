create table t (id int, n text);
create function ok(t text) returns boolean language sql immutable leakproof as $$ select true $$;
create view v with (security_barrier) as select n from t where ok(n);
alter table t enable row level security;
create policy p on t for all to pg_monitor using (ok(n)) with check (n <> '');
