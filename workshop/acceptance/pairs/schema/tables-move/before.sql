create schema a;
create schema b;
create type a.e as enum ('x', 'y');
create table a.t (id serial primary key, e a.e);
create view a.v as select * from a.t;
create function a.f(t a.t) returns int language sql as $$ select t.id $$;
