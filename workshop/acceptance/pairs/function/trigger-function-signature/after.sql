create table t (id int);
create schema hooks;
create function hooks.audit() returns trigger language plpgsql as 'begin return new; end';
create trigger a before insert or update on t for each row execute function hooks.audit('y', 'it''s');
create trigger b after update on t referencing old table as o new table as n for each statement execute function hooks.audit();
