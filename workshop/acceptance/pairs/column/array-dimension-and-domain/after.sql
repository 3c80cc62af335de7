create domain pos as int check (value > 0);
create table t (id int, a bigint[] default '{1}', b int, c int[]);
