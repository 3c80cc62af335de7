-- since 18
create extension btree_gist;
create table t (id int, r daterange, primary key (id, r without overlaps));
create table c (id int, r daterange, foreign key (id, period r) references t (id, period r));
