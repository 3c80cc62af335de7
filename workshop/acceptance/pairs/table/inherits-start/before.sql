create table p (id int, x text);
create table c (id int, x text, y int);
