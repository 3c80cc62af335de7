create extension if not exists pg_trgm;
create table t (a varchar(100), b varchar(100));
create index t_a on t (a varchar_pattern_ops);
create index t_g on t using gist (b gist_trgm_ops (siglen = 32));
