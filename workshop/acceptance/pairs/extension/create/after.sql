create extension citext;
create table t (x citext);
