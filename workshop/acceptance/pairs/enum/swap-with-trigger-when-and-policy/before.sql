create type st as enum ('new', 'old', 'gone');
create table t (id int primary key, s st);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update on t for each row when (new.s = 'old') execute function f();
alter table t enable row level security;
create policy p on t using (s <> 'new');
create materialized view mv as select s, count(*) n from t group by s;
create unique index on mv (s);
