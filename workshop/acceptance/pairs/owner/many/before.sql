create schema app;
create table app.t (id serial primary key, a int);
create view app.v as select id from app.t;
create materialized view app.m as select id from app.t;
create function app.f() returns int language sql as 'select 1';
create type app.e as enum ('x');
create type app.c as (a int);
create domain app.d as int;
create sequence app.s;
