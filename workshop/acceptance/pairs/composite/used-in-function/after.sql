create type c as (a int, b text);
create function f() returns c language sql as 'select row(1, null)::c';
