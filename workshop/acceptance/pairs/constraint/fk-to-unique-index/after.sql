create table p (id int, a int, constraint p_a unique (a));
create table c (a int references p (a));
