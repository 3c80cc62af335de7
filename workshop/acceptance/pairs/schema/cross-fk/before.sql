create schema a;
create schema b;
create table a.t (id int primary key);
