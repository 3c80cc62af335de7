create table t (id int primary key, a int, b text);
create function f() returns trigger language plpgsql as 'begin return new;
end';
create trigger g after update of a on t for each row when (new.a > 0) execute function f('x');
