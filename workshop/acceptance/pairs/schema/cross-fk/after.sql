create schema a;
create schema b;
create table a.t (id int primary key);
create table b.u (id int references a.t);
