create table t (id int);
create function audit() returns trigger language plpgsql as 'begin return new; end';
create trigger a before insert on t for each row execute function audit('x', '1');
create trigger b after insert on t referencing new table as n for each statement execute function audit();
