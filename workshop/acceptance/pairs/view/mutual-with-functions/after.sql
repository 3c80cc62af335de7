create table t (id int primary key, a bigint);
create function cnt() returns bigint language sql stable begin atomic select count(a) from t; end;
create view v as select cnt() n, 1 as k;
create function vn() returns bigint language sql stable begin atomic select n + k from v; end;
