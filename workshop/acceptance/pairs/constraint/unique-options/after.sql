create table t (id int, a int, b text, unique (a) with (fillfactor = 60));
