create table t (id int not null, a int not null, constraint u unique (a));
alter table t replica identity using index u;
