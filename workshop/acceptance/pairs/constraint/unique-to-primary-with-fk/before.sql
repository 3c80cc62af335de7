create table t (id int not null, constraint t_id_key unique (id));
create table r (t int references t (id));
