create table t (v bytea);
