CREATE TABLE person (person_id INTEGER PRIMARY KEY -- renamed from id
, name TEXT NOT NULL, age INTEGER);
CREATE TABLE pet (id INTEGER PRIMARY KEY, owner INTEGER REFERENCES person (person_id));
