create table t (a int, b int, constraint one check (a > 0), constraint two check (b > 0), constraint k1 unique (a), constraint k2 unique (b));
