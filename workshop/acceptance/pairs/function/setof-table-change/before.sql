create table t (a int, b text);
create function f() returns setof t language sql stable as 'select * from t';
