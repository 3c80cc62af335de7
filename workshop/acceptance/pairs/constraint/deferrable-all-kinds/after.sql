create table p (id int primary key, a int unique, b int unique deferrable initially deferred);
create table c (id int, p int constraint fk references p (a) deferrable initially deferred);
