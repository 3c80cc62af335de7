CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER);
CREATE VIRTUAL TABLE search USING fts5(name, content='person', content_rowid='id');
CREATE TRIGGER person_i AFTER INSERT ON person BEGIN INSERT INTO search (rowid, name) VALUES (new.id, new.name); END;
