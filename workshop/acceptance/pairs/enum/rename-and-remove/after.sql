-- renamed from old_state
create type state as enum ('a', 'b', 'c');
create table t (id int, s state default 'c');
