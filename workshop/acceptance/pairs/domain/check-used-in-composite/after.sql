create domain d as int constraint d_check check (value > 0);
create type c as (x d);
create table t (v c, w d);
