create type addr as (street text, zip int, city text);
create type wrap as (a addr, n int);
create table person (id int, home addr, w wrap);
create view v as select id, (home).city from person;
create function full_addr(a addr) returns text language sql immutable as $$ select a.street || a.city $$;
