create table t (id int, n text);
create view v as select id, n from t;
create function all_v() returns setof v language sql as $$ select * from v $$;
create view w as select * from all_v();
