CREATE TABLE person (id INTEGER PRIMARY KEY, -- renamed from name
 full_name TEXT DEFAULT '' UNIQUE, age INTEGER);
