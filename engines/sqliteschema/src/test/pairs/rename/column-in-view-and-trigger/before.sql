CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER);
CREATE TABLE log (what TEXT);
CREATE VIEW names AS SELECT name AS n FROM person;
CREATE TRIGGER logged AFTER UPDATE OF name ON person BEGIN INSERT INTO log VALUES (new.name || ' was ' || old.name); END;
