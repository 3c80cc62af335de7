create table t (id int, r int4range, constraint x exclude using gist (r with &&));
