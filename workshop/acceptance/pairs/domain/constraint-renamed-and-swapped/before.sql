create domain d as int constraint one check (value > 0) constraint two check (value < 10);
create table t (v d);
