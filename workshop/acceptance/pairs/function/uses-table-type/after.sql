create table t (id int primary key, a int, b text);
create function f(t) returns int language sql as 'select 1';
create function g() returns setof t language sql as 'select * from t';
