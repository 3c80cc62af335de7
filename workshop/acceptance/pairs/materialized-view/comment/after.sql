create table t (id int primary key, a int, b text);
create materialized view v as select id, a from t;
comment on materialized view v is 'x';
comment on column v.a is 'y';
grant select on v to public;
