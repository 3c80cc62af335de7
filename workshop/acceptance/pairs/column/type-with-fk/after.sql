create table p (id bigint primary key);
create table c (id int primary key, p_id bigint references p);
