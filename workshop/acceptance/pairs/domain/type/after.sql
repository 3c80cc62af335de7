create domain d as bigint;
create table t (x d);
