create table t (v jsonb, w json);
