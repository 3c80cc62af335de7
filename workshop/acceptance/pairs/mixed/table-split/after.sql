create table address (id int primary key, street text, town text);
create table person (id int primary key, name text not null, address_id int references address);
create index person_address on person (address_id);
