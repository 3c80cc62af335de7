CREATE TABLE t (a INTEGER, b TEXT, c REAL, CHECK (b IN ('x', 'y', "z")));
