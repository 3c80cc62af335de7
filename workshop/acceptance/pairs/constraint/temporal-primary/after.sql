-- since 18
create extension btree_gist;
create table t (id int, r daterange, primary key (id, r without overlaps));
