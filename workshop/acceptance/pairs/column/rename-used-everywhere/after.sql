create table t (id int primary key,
  -- renamed from old_name
  new_name int, g int generated always as (new_name * 2) stored, constraint t_old_name_check check (new_name > 0));
create index t_i on t (new_name) where new_name > 5;
create view v as select new_name as old_name from t;
create statistics s on new_name, id from t;
alter table t enable row level security;
create policy p on t using (new_name > 1);
create publication pub for table t where (id > 0);
create rule r as on delete to t where old.new_name = 5 do instead nothing;
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update of new_name on t for each row when (new.new_name > 1) execute function f();
