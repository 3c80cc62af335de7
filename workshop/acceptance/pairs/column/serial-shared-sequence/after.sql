create table a (id int generated always as identity primary key);
create table b (id serial primary key);
