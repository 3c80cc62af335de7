create sequence s;
create function next_id() returns bigint language sql as $$ select nextval('s') $$;
create table t (id bigint default next_id() primary key);
