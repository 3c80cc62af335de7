-- renamed from s
create sequence s_all increment 5;
create table a (id bigint default nextval('s_all'), k text default 'x' || nextval('s_all'));
create view v as select nextval('s_all') n;
create function f() returns bigint language sql begin atomic select nextval('s_all'); end;
