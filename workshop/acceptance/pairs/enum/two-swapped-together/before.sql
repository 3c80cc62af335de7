create type a as enum ('x', 'y', 'z');
create type b as enum ('p', 'q', 'r');
create type ab as (a a, b b);
create function f(a a, b b) returns ab language sql immutable as $$ select row(a, b)::ab $$;
create table t (id int, a a default 'x', b b default 'p', ab ab, check (a <> 'y' or b <> 'q'));
create index t_ab on t (a, b);
create view v as select a, b, (ab).a aa, (f(a, b)).b bb from t;
