create table t (s varchar(10) check (s in ('1','2','3')));
