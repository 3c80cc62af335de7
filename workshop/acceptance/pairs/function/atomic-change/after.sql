create table t (id int primary key, a int, b text);
create function f() returns bigint begin atomic select count(a) from t;
end;
