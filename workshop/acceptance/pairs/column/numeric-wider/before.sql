CREATE TABLE t (a numeric(9,2), b numeric(5,1), c cidr);
