CREATE TABLE person (
  id INTEGER PRIMARY KEY, -- the key
  name TEXT NOT NULL,
  age INTEGER, /* years */
  email TEXT
);
