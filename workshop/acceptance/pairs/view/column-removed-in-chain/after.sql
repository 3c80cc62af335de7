create table t (a int, b int);
create view v as select a from t;
create view w as select a from v;
create materialized view m as select a from w;
create index m_a on m (a);
grant select on w to public;
comment on view w is 'w';
