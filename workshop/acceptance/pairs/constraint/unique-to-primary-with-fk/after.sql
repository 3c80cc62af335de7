create table t (id int primary key);
create table r (t int references t (id));
create table s (t int references t (id));
