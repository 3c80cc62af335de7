create function n(int) returns int language sql immutable as 'select $1';
create table t (a int default n(1), b int, g int generated always as (n(b)) stored, check (n(b) > 0));
create index i on t (n(b));
create view v as select n(b) from t;
create policy q on t using (n(b) > 0);
