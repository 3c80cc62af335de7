create schema ext;
create extension pg_trgm;
create extension unaccent;
create table t (n text);
create index t_n on t using gin (n gin_trgm_ops);
