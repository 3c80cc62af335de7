create table t (v text, w jsonb);
