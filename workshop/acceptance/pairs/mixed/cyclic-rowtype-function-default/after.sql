create table t (id bigint primary key, a int);
create function mk() returns int language sql begin atomic select max(id)::int from t; end;
alter table t alter a set default mk();
create function of_t(t) returns bigint language sql immutable as $$ select $1.id $$;
create index t_of on t (of_t(t));
