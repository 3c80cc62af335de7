create type c as enum ('green', 'red', 'blue');
create type car as (color c, doors int);
create table garage (id int, best car, cars car[]);
