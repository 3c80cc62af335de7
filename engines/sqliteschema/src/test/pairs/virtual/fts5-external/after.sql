CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER);
CREATE VIRTUAL TABLE search USING fts5(name, age, content='person', content_rowid='id', prefix='2 3');
