create table t (id int primary key, a int, c uuid not null default gen_random_uuid(), b text);
