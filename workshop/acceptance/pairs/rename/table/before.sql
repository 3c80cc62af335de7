-- renamed from people
create table person (id int primary key, name text not null default 'x', ref int references person);
create index person_name on person (lower(name));
create view v as select id from person where name <> 'name';
