create domain d as bigint check (value > 0);
create table t (x d default 1);
