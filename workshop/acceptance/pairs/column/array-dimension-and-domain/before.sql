create domain pos as int check (value > 0);
create table t (id int, a int[] default '{1}', b pos, c pos[]);
