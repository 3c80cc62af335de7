-- since 18
create table p (id int primary key, q int unique);
create table c (id int, p int references p, n int check (n > 0), m int check (m > 0) not enforced);
