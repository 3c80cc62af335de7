create table t (id int, at timestamptz default now(), del timestamptz);
create index t_at on t (at) where del is null;
create view v as select at from t where del is null;
