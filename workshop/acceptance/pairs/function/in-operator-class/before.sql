create function cmp(a int, b int) returns int language sql immutable as $$ select case when a < b then 1 when a > b then -1 else 0 end $$;
create function gt(a int, b int) returns boolean language sql immutable as $$ select a > b $$;
create operator #< (function = gt, leftarg = int, rightarg = int);
create operator class rev for type int using btree as operator 1 #<, function 1 cmp(int, int);
create table t (a int);
create index t_a on t (a rev);
