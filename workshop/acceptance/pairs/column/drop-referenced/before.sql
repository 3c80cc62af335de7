create table p (id int primary key, u int unique);
create table c (u int references p (u));
