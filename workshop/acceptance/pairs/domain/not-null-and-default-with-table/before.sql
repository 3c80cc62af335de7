create domain d as text default 'x';
create table t (id int, a d, b d[]);
