create table v (s varchar(9));create index i on v (s) where s in ('a', 'b');
