create type c as enum ('red', 'green');
create type car as (color c, doors int);
create table garage (id int, best car, cars car[]);
