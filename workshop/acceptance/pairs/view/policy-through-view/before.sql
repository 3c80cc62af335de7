create table t (id int);
create view v as select id from t;
alter table t enable row level security;
create policy p on t using (id in (select id from v));
