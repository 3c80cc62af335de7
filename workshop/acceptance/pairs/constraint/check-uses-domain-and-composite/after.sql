create type pt as (x int, y int);
create domain ppt as pt check ((value).x > 1);
create table t (id int, p pt check ((p).x > 0 and (p).y > 0), d ppt);
