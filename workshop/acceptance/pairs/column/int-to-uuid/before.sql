create table t (id int primary key, n text);
create table u (id int primary key, t int references t);
