-- since 18
create table p (id int primary key, q int unique);
create table c (id int, p int references p not enforced, n int check (n > 0) not enforced, m int check (m > 0));
