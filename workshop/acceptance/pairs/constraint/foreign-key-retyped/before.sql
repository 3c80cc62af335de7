CREATE TABLE parent (id bigint PRIMARY KEY); CREATE TABLE child (id integer, parent bigint REFERENCES parent);
