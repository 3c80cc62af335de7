CREATE TABLE search (title TEXT);
