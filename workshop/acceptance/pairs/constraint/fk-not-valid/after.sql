create table p (id int primary key, x int, unique (id, x));
create table c (id int primary key, p_id int, px int);
alter table c add constraint f foreign key (p_id) references p not valid;
