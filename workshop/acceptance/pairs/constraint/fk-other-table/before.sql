create table p (id int primary key, x int, unique (id, x));
create table c (id int primary key, p_id int, px int);
create table q (id int primary key);
alter table c add constraint f foreign key (p_id) references p;
