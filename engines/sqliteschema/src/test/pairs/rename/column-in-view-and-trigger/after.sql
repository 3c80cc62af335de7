CREATE TABLE person (id INTEGER PRIMARY KEY, full_name TEXT NOT NULL -- renamed from name
, age INTEGER);
CREATE TABLE log (what TEXT);
CREATE VIEW names AS SELECT full_name AS n FROM person;
CREATE TRIGGER logged AFTER UPDATE OF full_name ON person BEGIN INSERT INTO log VALUES (new.full_name || ' was ' || old.full_name); END;
