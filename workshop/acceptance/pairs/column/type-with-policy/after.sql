create table t (id int primary key, a bigint, b text);
create policy q on t using (a > 0);
