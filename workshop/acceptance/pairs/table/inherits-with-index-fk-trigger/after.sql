create table a (id int primary key, n varchar(40), z int default 3);
create table b (k bigint unique) inherits (a);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger t1 before insert or update on b for each row execute function f();
create table c (x int, primary key (id)) inherits (b);
