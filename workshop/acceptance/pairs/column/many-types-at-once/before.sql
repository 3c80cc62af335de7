create table t (a int, b text, c varchar(10), d timestamp, e numeric(10,2), f bool, g bytea, h inet, i interval, j real);
