create type pt as (x int, y int);
create table t (id int, p pt default row(1, 2)::pt, ps pt[] default array[row(1,2)::pt]);
