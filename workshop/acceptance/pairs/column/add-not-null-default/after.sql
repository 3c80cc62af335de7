create table t (id int primary key, a int, c text not null default 'x', b text);
