create table t (id int primary key, a int, b text);
create rule r as on insert to t where new.a > 0 do instead nothing;
alter table t disable rule r;
comment on rule r on t is 'x';
