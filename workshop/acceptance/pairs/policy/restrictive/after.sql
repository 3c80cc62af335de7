create table t (id int primary key, a int, b text);
create policy q on t as restrictive for update using (a > 0) with check (b is not null);
