create table p (id serial primary key);
create table c (id int generated always as identity, p int references p);
