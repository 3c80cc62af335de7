create domain d as text check (length(value) < 100);
create table t (v d);
