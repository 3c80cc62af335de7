create table p (a int not null, b int);
create table c (x int) inherits (p);
