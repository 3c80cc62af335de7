create table t (id int constraint other primary key, a text);
create view v as select id, a, count(*) from t group by id;
