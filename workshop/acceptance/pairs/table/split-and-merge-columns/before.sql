create table person (id int primary key, first text, last text, street text, city text);
create view label as select id, first || ' ' || last as name from person;
