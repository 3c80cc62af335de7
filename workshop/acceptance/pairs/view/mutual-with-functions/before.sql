create table t (id int primary key, a int);
create function cnt() returns bigint language sql stable begin atomic select count(*) from t; end;
create view v as select cnt() n;
create function vn() returns bigint language sql stable begin atomic select n from v; end;
