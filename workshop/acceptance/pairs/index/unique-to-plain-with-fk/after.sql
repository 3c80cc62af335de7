create table p (id int, a int, constraint p_real unique (a));
create index p_a on p (a);
create table c (a int references p (a));
