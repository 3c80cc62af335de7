-- renamed from old_e
create type new_e as enum ('a', 'b', 'c');
-- renamed from old_d
create domain new_d as int check (value > 0);
-- renamed from old_c
create type new_c as (x int, y int);
create table t (e new_e default 'a', d new_d, c new_c);
-- renamed from old_f
create function new_f(e new_e) returns new_c language sql as $$ select row(1, 2)::new_c $$;
-- renamed from old_v
create view new_v as select e, (new_f(e)).x from t;
-- renamed from old_s
create sequence new_s;
