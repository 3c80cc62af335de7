alter default privileges revoke execute on functions from public;
create function f() returns int language sql as 'select 1';
