create table t (id int, a int);
create materialized view mv with (fillfactor = 60) as select id, a from t;
create index mv_a on mv (a desc nulls last);
create unique index mv_id on mv (id);
alter materialized view mv alter a set statistics 300;
comment on column mv.a is 'aa';
