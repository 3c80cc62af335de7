create type addr as (street text, zip int);
create table person (id int, home addr, others addr[]);
