create table t (id int, d json, k text generated always as (d->>'k') stored);
create index t_k on t ((d->>'k'));
create view v as select d->'a' a from t;
