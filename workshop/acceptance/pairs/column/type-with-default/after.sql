create table t (id int primary key, a text default 'x', b text);
