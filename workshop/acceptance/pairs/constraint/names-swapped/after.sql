create table t (a int, b int, constraint one check (b > 0), constraint two check (a > 0), constraint k1 unique (b), constraint k2 unique (a));
