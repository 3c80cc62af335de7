INSERT INTO place VALUES (1, 0, 1, 0, 0);
