create domain d as int constraint one check (value < 10) constraint three check (value > 0);
create table t (v d);
