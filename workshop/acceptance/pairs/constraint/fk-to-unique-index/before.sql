create table p (id int, a int);
create unique index p_a on p (a);
create table c (a int references p (a));
