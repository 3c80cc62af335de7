-- since 18
create extension if not exists btree_gist;
create table r (id int, kind int, during daterange, primary key (id, kind, during without overlaps));
create table s (id int, r_id int, kind int, during daterange, foreign key (r_id, kind, period during) references r (id, kind, period during));
