create table t (id int primary key, b text, c text);
create view v as select id from t;
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update of b on t for each row execute function f();
alter table t enable row level security;
create policy p on t using (id > 1);
create publication pub for table t (id);
