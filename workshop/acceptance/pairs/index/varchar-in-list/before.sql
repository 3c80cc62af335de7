create table v (s varchar(9));
