INSERT INTO search (rowid, title, body) VALUES (4, 'a', 'some words'), (9, 'b', 'other words');
