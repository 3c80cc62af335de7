create table t (id int primary key, a int, b text);
create view v as select id, a, b from t;
create rule ins as on insert to v do instead insert into t values (new.id, new.a, new.b) returning id, a, b;
