INSERT INTO search (rowid, title, body) VALUES (4, 'a', 'some words');
