-- since 18
create table t (id int, a int, b int);
alter table t add constraint a_nn not null a not valid;
