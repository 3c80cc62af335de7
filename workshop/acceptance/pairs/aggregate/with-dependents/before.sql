create function acc(s int, v int) returns int language sql immutable as $$ select s + v $$;
create aggregate total(int) (sfunc = acc, stype = int, initcond = '0');
create table t (g int, v int);
create view v as select g, total(v) from t group by g;
create materialized view m as select total(v) s from t;
