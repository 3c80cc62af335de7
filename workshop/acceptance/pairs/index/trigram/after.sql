create extension pg_trgm;create table t (id int primary key, a int, b text);
create index i on t using gin (b gin_trgm_ops);
