create table t (id int generated always as identity (start with 100) primary key, n text);
create table u (t_id int references t);
