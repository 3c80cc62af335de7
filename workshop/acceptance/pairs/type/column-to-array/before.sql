create table t (v text, w int default 3);
