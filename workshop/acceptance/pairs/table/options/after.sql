create table t (id int primary key, a int, b text) with (fillfactor = 70, autovacuum_enabled = false);
