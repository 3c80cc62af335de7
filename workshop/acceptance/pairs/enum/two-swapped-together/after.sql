create type a as enum ('z', 'x');
create type b as enum ('r', 'p', 's');
create type ab as (a a, b b);
create function f(a a, b b) returns ab language sql immutable as $$ select row(a, b)::ab $$;
create table t (id int, a a default 'z', b b default 's', ab ab, check (a <> 'x' or b <> 'r'));
create index t_ab on t (a, b);
create view v as select a, b, (ab).a aa, (f(a, b)).b bb from t;
