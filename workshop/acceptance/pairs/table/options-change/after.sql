create table t (id int primary key, a int, b text) with (fillfactor = 80, toast.autovacuum_enabled = false);
