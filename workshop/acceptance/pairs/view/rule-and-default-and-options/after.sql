create table t (id int primary key, a int default 3);
create view v with (security_invoker) as select id, a from t where a > 1 with cascaded check option;
alter view v alter a set default 8;
create rule r as on insert to v do instead insert into t values (new.id, new.a + 1);
