create table t (id int primary key, a int, b text);
create view v as select id, a from t;
create function f() returns trigger language plpgsql as 'begin return new;
end';
create trigger g instead of insert on v for each row execute function f();
