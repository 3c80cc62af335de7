create table a (x int primary key, y int, check (y > 0));
