create table t (id int primary key, a bigint, b text);
create view v as select id, a from t;
create view w as select a from v;
create materialized view m as select a from w;
create index m_a on m (a);
