-- renamed from person
create table people (id int primary key, name text not null default 'x', ref int references people);
create index person_name on people (lower(name));
create view v as select id from people where name <> 'name';
