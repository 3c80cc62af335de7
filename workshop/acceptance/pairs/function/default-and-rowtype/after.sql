create table t (id int, a int);
create function f(t) returns int language sql immutable as 'select 1';
alter table t add constraint k check (f(t) > 0);
