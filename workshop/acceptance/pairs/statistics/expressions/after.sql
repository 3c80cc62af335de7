create table t (id int primary key, a int, b text);
create statistics s on (a + 1), b from t;
alter statistics s set statistics 200;
comment on statistics s is 'x';
