create table a (id int, n text);
create table b (id int, n text);
create table k (own int) inherits (a);
