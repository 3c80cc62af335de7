-- since 18
create table t (id int, a int constraint a_is_there not null, b int not null);
