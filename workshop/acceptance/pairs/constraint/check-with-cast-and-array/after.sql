create table t (id int, s varchar(20) check (s in ('a', 'b', 'c')), k char(3) check (k ~ '^[A-Z]{3}$'), n int check (n between 1 and 20), x text check (x <> all (array['p', 'q'])));
