create table t (id int primary key, a int);
create function mk() returns int language sql begin atomic select max(id) from t; end;
alter table t alter a set default mk();
create function of_t(t) returns int language sql immutable as $$ select $1.id $$;
create index t_of on t (of_t(t));
