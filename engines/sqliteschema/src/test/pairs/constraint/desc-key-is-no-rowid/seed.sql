INSERT INTO t VALUES (5, 'x'), (3, 'y');
