create table t (b bigint);
create function f() returns bigint language sql begin atomic select b from t; end;
