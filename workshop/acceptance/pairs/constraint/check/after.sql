create table t (id int, a int, b text, check (a > 0));
