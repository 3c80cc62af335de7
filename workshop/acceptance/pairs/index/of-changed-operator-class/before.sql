create extension if not exists pg_trgm;
create table t (a text, b text);
create index t_a on t (a text_pattern_ops);
create index t_g on t using gin (b gin_trgm_ops);
