create table t (id int primary key, a int, b text);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger w before update of a on t for each row when (old.a is distinct from new.a) execute function f();
create constraint trigger ct after insert on t deferrable initially deferred for each row when (new.b <> 'x') execute function f();
alter table t disable trigger w;
comment on trigger w on t is 'watch';
