-- renamed from one
create schema two;
create table two.t (id serial primary key, p int references two.t);
create function two.f() returns setof two.t language sql stable as $$ select * from two.t $$;
create view two.v as select * from two.f();
