create table t (id int not null primary key, a int not null);
alter table t replica identity using index t_pkey;
