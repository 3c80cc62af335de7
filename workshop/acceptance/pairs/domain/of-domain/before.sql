create domain a as int;
create domain b as a check (value < 100);
create table t (v b);
