create table person (id int primary key, 
  -- renamed from name
  full_name text not null default 'x', ref int references person);
create index person_name on person (lower(full_name));
create view v as select id from person where full_name <> 'name';
