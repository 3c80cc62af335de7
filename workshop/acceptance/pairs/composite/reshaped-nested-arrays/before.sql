create type pt as (x int, y int);
create type bx as (a pt, b pt, tags text[]);
create table t (id int primary key, one pt, many pt[], b bx, bs bx[]);
create index t_x on t (((one).x));
create view v as select id, (one).x, (b).a from t;
