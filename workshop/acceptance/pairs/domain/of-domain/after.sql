create domain a as int check (value > 0);
create domain b as a check (value < 200);
create table t (v b);
