INSERT INTO person VALUES (3, 'x');
