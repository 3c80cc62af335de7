CREATE TABLE event (id integer, at timestamp);
