create type a as (v int);
create type b as (v int);
create function a_to_b(a) returns b language sql immutable as $$ select row($1.v)::b $$;
create cast (a as b) with function a_to_b(a) as implicit;
create table t (x a, y b);
create view v as select x::b from t;
