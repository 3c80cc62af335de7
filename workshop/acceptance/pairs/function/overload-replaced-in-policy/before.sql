create function f(a int) returns boolean language sql as 'select true';
create table t (id int);
alter table t enable row level security;
create policy p on t using (f(id));
