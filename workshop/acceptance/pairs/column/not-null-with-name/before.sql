-- since 18
create table t (id int, a int constraint a_there not null, b int not null no inherit);
