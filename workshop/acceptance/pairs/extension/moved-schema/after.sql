create schema ext;
create extension pg_trgm schema ext;
create extension unaccent;
create table t (n text);
create index t_n on t using gin (n ext.gin_trgm_ops);
create function clean(t text) returns text language sql immutable as $$ select public.unaccent('public.unaccent', t) $$;
create index t_u on t (clean(n));
