CREATE TABLE t (a INTEGER, b TEXT, c REAL, CHECK ((a > 0) AND (b <> 'q')));
