create table t (id int primary key, a int);
create table u (id int primary key);
create function f() returns trigger language plpgsql as 'begin return null; end';
create constraint trigger c1 after update on t from u deferrable for each row execute function f();
create trigger t1 after truncate on t execute function f();
