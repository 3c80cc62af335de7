CREATE TYPE e AS ENUM ('a','b','c'); CREATE TABLE t (id int, c e[] DEFAULT '{a}', d e DEFAULT 'b'); CREATE INDEX ON t (d) WHERE d = 'b';
