create table t (id int, n varchar(10));
create function ok(t text) returns boolean language sql immutable as $$ select t <> '' $$;
create view v with (security_barrier = false, security_invoker = true) as select n from t where ok(n);
alter table t enable row level security;
create policy p on t for select to pg_monitor using (ok(n));
create policy q on t for insert with check (n <> '');
