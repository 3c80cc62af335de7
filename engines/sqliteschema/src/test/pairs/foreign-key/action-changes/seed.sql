INSERT INTO person (id, name, age) VALUES (1, 'Ada', 36), (7, 'Grace', NULL), (9, 'O''Neil', 0);
INSERT INTO pet VALUES (1, 1), (2, NULL), (3, 7);
