create table t (id int, a int, b text, constraint k check (a > 0));
