create table t (id text primary key);
create table r (id int primary key, t text references t);
