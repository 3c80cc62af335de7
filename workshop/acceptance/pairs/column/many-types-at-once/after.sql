create table t (a text, b varchar(40), c text, d date, e numeric(8,1), f int, g text, h text, i text, j numeric);
