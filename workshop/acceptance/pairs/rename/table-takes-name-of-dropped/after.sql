-- renamed from t_new
create table t (id int primary key, y int);
