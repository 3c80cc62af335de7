create table a (id int primary key, n text);
create table b (k int) inherits (a);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger t1 before insert on b for each row execute function f();
create table c (x int) inherits (b);
