create schema lib;
create type lib.st as enum ('a');
create function lib.f(x int) returns int language sql immutable as $$ select x $$;
create table t (id int, s lib.st default 'a', check (lib.f(id) > 0));
create index t_i on t (lib.f(id));
