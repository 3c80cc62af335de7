create procedure q(a int) language sql as 'select 1';
