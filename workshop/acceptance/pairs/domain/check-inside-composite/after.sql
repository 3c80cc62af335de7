CREATE TABLE shop (id integer);
CREATE DOMAIN price AS numeric(10, 2) CHECK (VALUE >= 0);
CREATE TYPE offer AS (name text, price price);
CREATE TABLE product (id integer PRIMARY KEY, offer offer);
