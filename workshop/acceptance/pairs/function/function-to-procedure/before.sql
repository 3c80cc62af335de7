create function q(a int) returns void language sql as 'select 1';
