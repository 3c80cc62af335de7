create table t (id int primary key, a int);
create view v as select id, a from t;
create rule ins as on insert to v do instead insert into t values (new.id, new.a) returning id, a;
