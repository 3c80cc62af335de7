create table t (id int primary key, n bigint);
create materialized view mv as select n, count(*) c from t group by n;
create unique index mv_n on mv (n);
comment on materialized view mv is 'counts';
comment on index mv_n is 'key';
grant select on mv to pg_monitor;
create view over as select n from mv where c > 1;
grant select (n) on over to pg_monitor;
