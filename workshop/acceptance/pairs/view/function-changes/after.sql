create function f(int) returns bigint language sql immutable as 'select $1::bigint';
create view v as select f(1) as x;
