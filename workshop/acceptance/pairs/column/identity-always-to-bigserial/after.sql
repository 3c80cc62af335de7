create table t (id bigserial primary key, n text);
create table u (t_id bigint references t);
