-- since 18
create extension if not exists btree_gist;
create table r (id int, during daterange, primary key (id, during without overlaps));
create table s (id int, r_id int, during daterange, foreign key (r_id, period during) references r (id, period during));
