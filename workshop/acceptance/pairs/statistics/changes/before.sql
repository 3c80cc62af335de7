create table t (a int, b int, c int);
create statistics s (ndistinct, dependencies) on a, b from t;
create statistics s2 (mcv) on a, c from t;
