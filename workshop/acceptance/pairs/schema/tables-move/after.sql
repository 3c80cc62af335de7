create schema a;
create schema b;
create type b.e as enum ('x', 'y');
create table b.t (id serial primary key, e b.e);
create view b.v as select * from b.t;
create function b.f(t b.t) returns int language sql as $$ select t.id $$;
