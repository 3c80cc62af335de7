create function f(a int) returns int language sql as 'select 1';
create function f(a text) returns int language sql as 'select 1';
