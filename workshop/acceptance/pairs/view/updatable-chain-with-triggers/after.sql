create table t (id int primary key, a bigint, b text, c int);
create view v1 as select id, b, a from t;
create view v2 as select id, a from v1 where a > 1 with cascaded check option;
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger i instead of insert or update on v1 for each row execute function f();
grant insert, select on v2 to pg_monitor;
alter view v1 alter column a set default 6;
