create table t (id int primary key);
create table r (id int primary key, t int references t);
