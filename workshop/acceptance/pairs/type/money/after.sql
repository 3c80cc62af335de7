create table t (v numeric);
