create table t (id int, s text default 'a', check (id > 0));
create index t_i on t (id);
