create table t (a int, b int, c int, constraint u unique (a) include (b));
