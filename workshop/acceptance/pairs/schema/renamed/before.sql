create schema one;
create table one.t (id serial primary key, p int references one.t);
create function one.f() returns setof one.t language sql stable as $$ select * from one.t $$;
create view one.v as select * from one.f();
