CREATE TABLE parent (id text PRIMARY KEY); CREATE TABLE child (id integer, parent text REFERENCES parent);
