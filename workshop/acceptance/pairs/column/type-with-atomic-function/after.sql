create table t (id int primary key, a smallint, b text);
create function f() returns bigint begin atomic select sum(a) from t;
end;
