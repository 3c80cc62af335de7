create extension citext;
create extension ltree;
create table t (id int, n text, p ltree);
create unique index t_n on t (n);
create index t_p on t using gist (p);
