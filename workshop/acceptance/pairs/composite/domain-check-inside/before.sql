create domain pos as int check (value > 0);
create type pair as (a pos, b pos);
create table t (id int, p pair, ps pair[]);
