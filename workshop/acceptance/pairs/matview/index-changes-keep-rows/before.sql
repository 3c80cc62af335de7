create table t (id int, a int);
create materialized view mv as select id, a from t;
create index mv_a on mv (a);
create unique index mv_id on mv (id);
alter materialized view mv cluster on mv_id;
