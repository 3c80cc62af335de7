-- since 18
create extension if not exists btree_gist;
create table r (id int, during daterange, constraint u unique (id, during));
