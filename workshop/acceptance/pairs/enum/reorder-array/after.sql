CREATE TYPE e AS ENUM ('c','b','a'); CREATE TABLE t (id int, c e[] DEFAULT '{a}', d e DEFAULT 'b'); CREATE INDEX ON t (d) WHERE d = 'b';
