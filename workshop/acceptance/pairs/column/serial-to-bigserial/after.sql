create table t (id bigserial primary key, a int, b text);
