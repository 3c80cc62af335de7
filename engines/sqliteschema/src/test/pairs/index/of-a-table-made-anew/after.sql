CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age TEXT);
CREATE INDEX i ON person (name);
CREATE INDEX j ON person (age);
