create table t (id int primary key, a int, b text);
create statistics s (ndistinct, dependencies) on a, b from t;
