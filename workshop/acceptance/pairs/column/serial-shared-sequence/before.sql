create sequence shared;
create table a (id int default nextval('shared') primary key);
create table b (id int default nextval('shared') primary key);
