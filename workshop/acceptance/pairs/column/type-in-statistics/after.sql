create table t (id int primary key, a bigint, b int);
create statistics st (ndistinct) on a, b from t;
create statistics se on (a + b), (a * 2) from t;
alter statistics st set statistics 200;
