create type old_e as enum ('a', 'b');
create domain old_d as int check (value > 0);
create type old_c as (x int);
create table t (e old_e default 'a', d old_d, c old_c);
create function old_f(e old_e) returns old_c language sql as $$ select row(1)::old_c $$;
create view old_v as select e, (old_f(e)).x from t;
create sequence old_s;
