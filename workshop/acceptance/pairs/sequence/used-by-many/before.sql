create sequence s;
create table a (id bigint default nextval('s'), k text default 'x' || nextval('s'));
create view v as select nextval('s') n;
create function f() returns bigint language sql begin atomic select nextval('s'); end;
