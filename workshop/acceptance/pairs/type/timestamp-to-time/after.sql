create table t (v time, w timetz, x timestamptz);
