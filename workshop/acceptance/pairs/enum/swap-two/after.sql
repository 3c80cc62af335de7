CREATE TYPE a AS ENUM ('y','x'); CREATE TYPE b AS ENUM ('x','z'); CREATE TABLE t (id int, c b, d a);
