create table t (id int, n text, x int);
create view v as select id, n, x from t;
create function all_v() returns setof v language sql as $$ select * from v $$;
create view w as select * from all_v();
