create table t (id int, r int4range, exclude using gist (r with &&));
