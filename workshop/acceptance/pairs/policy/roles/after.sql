create table t (id int primary key, a int, b text);
create policy q on t to pg_monitor, pg_read_all_data using (a > 0);
