create table e (id int, at date) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2026-02-01');
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr after insert on e for each row execute function f();
alter table e1 disable trigger tr;
