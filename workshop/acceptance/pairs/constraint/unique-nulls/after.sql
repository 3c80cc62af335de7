create table t (id int, a int, b text, unique nulls not distinct (a));
