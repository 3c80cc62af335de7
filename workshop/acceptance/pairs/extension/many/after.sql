create extension pgcrypto;
create extension intarray;
create extension cube;
create extension earthdistance;
create extension pg_stat_statements;
create extension tablefunc;
create table t (id uuid default gen_random_uuid() primary key, tags int[]);
create index on t using gist (tags gist__int_ops);
