CREATE TABLE t (a INTEGER, b TEXT, c REAL, check((a>0)and(b!="q")));
