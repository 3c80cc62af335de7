create table t (id int primary key, a int, b text);
comment on table t is 'It''s a \ table';
comment on column t.a is 'é';
