-- renamed from m
create type n as enum ('a', 'b');
create table t (x n);
