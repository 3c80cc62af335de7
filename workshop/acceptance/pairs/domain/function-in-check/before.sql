create domain d as text;
create table t (v d);
