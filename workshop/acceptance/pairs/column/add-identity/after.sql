create table t (id int primary key, a int, c bigint generated always as identity, b text);
