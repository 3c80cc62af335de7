create table p (id int check (id > 0), x text not null);
create table c (y int) inherits (p);
