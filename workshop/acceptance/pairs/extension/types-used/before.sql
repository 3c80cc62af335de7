create extension citext;
create extension hstore;
create table t (id int, n citext, h hstore);
create unique index t_n on t (n);
