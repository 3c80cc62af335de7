create table p (a int);
create table c (a int not null) inherits (p);
