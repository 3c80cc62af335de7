create table t (id int primary key, a int, b text);
create view v as select id, a from t;
comment on view v is 'x';
comment on column v.a is 'y';
