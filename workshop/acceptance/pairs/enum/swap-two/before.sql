CREATE TYPE a AS ENUM ('x','y','z'); CREATE TYPE b AS ENUM ('z','y','x'); CREATE TABLE t (id int, c a, d b);
