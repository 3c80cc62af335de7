create table p (id int primary key, a int unique, b int);
create table c (id int, p int constraint fk references p);
