create domain base as text check (value <> '');
create domain derived as base check (length(value) > 1);
create table t (id int, v derived, w base);
create view x as select v, w from t;
