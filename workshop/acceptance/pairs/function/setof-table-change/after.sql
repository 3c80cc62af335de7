create table t (a int, b text, c int);
create function f() returns setof t language sql stable as 'select * from t';
