create function acc(s int, v int) returns int language sql immutable strict as $$ select s + v + 1 $$;
create aggregate total(int) (sfunc = acc, stype = int, initcond = '5', parallel = safe, combinefunc = int4pl);
create table t (g int, v int);
create view v as select g, total(v) from t group by g;
create materialized view m as select total(v) s from t;
