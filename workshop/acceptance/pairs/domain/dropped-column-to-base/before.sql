create domain email as text check (value like '%@%');
create table u (id int primary key, mail email unique);
create view v as select mail from u;
