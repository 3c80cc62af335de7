create table t (id int primary key, a int, b text);
create function f() returns trigger language plpgsql as 'begin return new;
end';
create trigger g after update on t referencing old table as o new table as n for each statement execute function f();
