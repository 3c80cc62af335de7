create table t (id int, c text default a_outer());
create function a_outer() returns text language sql as 'select z_inner()';
create function z_inner() returns text language sql as 'select 1::text';
