create table t (id int, d jsonb default '{}' not null, k text generated always as (d->>'k') stored);
create index t_k on t ((d->>'k'));
create index t_g on t using gin (d jsonb_path_ops);
create view v as select d->'a' a from t;
