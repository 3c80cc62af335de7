create table old_t (id serial primary key, a int unique check (a > 0), p int references old_t, b text);
create index old_t_b_idx on old_t (b);
create view v as select id, a from old_t;
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before insert on old_t for each row execute function f();
alter table old_t enable row level security;
create policy p on old_t using (a > 1);
grant select on old_t to pg_monitor;
comment on table old_t is 'c';
