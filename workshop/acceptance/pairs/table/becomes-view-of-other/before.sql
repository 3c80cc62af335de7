create table old_users (id int primary key, n text);
create function cnt(u old_users) returns int language sql as $$ select 1 $$;
create view v as select * from old_users;
