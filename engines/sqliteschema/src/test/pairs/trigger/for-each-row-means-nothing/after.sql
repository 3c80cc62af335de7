CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER);
CREATE TABLE log (what TEXT);
create trigger T after insert on person begin delete from log; end;
