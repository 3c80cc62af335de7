create table t (id bigint primary key);
create table r (id int primary key, t bigint references t);
