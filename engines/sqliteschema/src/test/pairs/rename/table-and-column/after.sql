-- renamed from person
CREATE TABLE Customer (id INTEGER PRIMARY KEY, fullName TEXT NOT NULL, -- renamed from name
 age INTEGER);
CREATE INDEX by_name ON Customer (fullName);
