create table t (id int primary key, a int, b text);
create view v1 as select id, a, b from t;
create view v2 as select id, a from v1 where a > 0 with local check option;
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger i instead of insert on v1 for each row execute function f();
grant insert, select on v2 to pg_monitor;
alter view v1 alter column a set default 5;
