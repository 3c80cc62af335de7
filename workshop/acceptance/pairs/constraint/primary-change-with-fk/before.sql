create table p (id int primary key, u int not null unique);
create table c (x int references p (id));
