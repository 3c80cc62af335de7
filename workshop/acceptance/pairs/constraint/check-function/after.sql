create function ok(int) returns boolean language sql immutable as 'select $1 > 0';create table t (id int, a int, b text, constraint k check (ok(a)));
