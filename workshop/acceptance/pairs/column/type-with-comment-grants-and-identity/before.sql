create table t (id int generated always as identity (start 5), v int);
comment on column t.v is 'vv';
grant select (v), update (v) on t to pg_monitor;
alter table t alter v set statistics 77;
