create domain d as text default 'x';
create table t (v d[]);
