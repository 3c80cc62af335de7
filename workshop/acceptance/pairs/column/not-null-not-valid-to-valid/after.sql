-- since 18
create table t (id int, a int constraint a_nn not null, b int);
