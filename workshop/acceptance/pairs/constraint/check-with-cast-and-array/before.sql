create table t (id int, s varchar(10) check (s in ('a', 'b')), k char(3) check (k ~ '^[A-Z]+$'), n int check (n between 1 and 10), x text check (x = any (array['p', 'q'])));
