create table users (id int primary key, n text);
create view old_users as select id, n from users;
create function cnt(u old_users) returns int language sql as $$ select 1 $$;
create view v as select * from old_users;
