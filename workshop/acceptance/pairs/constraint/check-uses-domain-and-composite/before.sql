create type pt as (x int, y int);
create domain ppt as pt check ((value).x > 0);
create table t (id int, p pt check ((p).x > 0), d ppt);
