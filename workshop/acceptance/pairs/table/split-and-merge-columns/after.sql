create table address (person int primary key, street text, city text);
create table person (id int primary key, name text not null default '');
alter table address add foreign key (person) references person on delete cascade;
create view label as select id, name from person;
