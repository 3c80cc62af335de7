create type addr as (street text, zip text);
create table person (id int, home addr, others addr[]);
