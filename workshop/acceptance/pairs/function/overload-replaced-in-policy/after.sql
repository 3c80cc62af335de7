create function f(a int, b int default 1) returns boolean language sql as 'select true';
create table t (id int);
alter table t enable row level security;
create policy p on t using (f(id));
