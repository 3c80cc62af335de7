create domain d as text default 'y' not null check (value <> '');
create table t (id int, a d, b d[]);
