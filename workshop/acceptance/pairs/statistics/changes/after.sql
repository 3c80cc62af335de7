create schema st;
create table t (a int, b int, c int, d text);
create statistics s (ndistinct, mcv) on a, b, c from t;
create statistics st.s2 on (a + c), lower(d) from t;
comment on statistics s is 'x';
