create table p (id int unique, u int primary key);
create table c (x int references p (id));
