create table t (id int primary key, x boolean default true);
