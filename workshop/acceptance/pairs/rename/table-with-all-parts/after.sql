-- renamed from old_t
create table new_t (id serial primary key, a int unique check (a > 0), p int references new_t, b text);
create index on new_t (b);
create view v as select id, a from new_t;
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before insert on new_t for each row execute function f();
alter table new_t enable row level security;
create policy p on new_t using (a > 1);
grant select on new_t to pg_monitor;
comment on table new_t is 'c';
