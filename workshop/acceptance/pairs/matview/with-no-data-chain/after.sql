create table t (id int, a int);
create materialized view m1 as select id, a, 1 as one from t with no data;
create materialized view m2 as select a, one from m1 with no data;
create index m2_a on m2 (a, one);
