CREATE TABLE t (a INTEGER, b TEXT, c REAL, CONSTRAINT positive CHECK (a > 0 AND length(b) < 10));
