create table person (id int primary key, name text, street text, town text);
