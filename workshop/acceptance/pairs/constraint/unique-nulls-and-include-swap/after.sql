create table t (a int, b int, c int, constraint u unique nulls not distinct (a, c));
