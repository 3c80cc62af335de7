create table t (id int primary key, a int default 3);
create view v with (security_barrier) as select id, a from t where a > 0 with local check option;
alter view v alter a set default 7;
create rule r as on insert to v do instead insert into t values (new.id, new.a);
