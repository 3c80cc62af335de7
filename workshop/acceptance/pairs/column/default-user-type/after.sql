create type pt as (x int, y int, z int);
create table t (id int, p pt default row(1, 2, 3)::pt, ps pt[]);
