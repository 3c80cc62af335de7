create table t (id int primary key, a int);
create table u (id int primary key);
create function f() returns trigger language plpgsql as 'begin return null; end';
create constraint trigger c1 after update of a on t from u deferrable initially deferred for each row when (old.a > 0) execute function f();
create trigger t1 before truncate on t execute function f();
alter table t enable always trigger t1;
