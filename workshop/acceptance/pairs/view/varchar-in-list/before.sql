create table t (s varchar(9));
