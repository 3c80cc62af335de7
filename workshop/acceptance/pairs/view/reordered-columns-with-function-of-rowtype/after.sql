create table t (id int primary key, a int);
create view v as select a, id from t;
create function of_v(x v) returns int language sql immutable as $$ select x.a $$;
create view w as select of_v(v) from v;
