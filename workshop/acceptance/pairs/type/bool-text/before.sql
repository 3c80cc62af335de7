create table t (v boolean default true);
