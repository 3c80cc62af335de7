INSERT INTO person (id, name, age) VALUES (1, 'Ada', 36), (7, 'Grace', NULL), (9, 'O''Neil', 0);
