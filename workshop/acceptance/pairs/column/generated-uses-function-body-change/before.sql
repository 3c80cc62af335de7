create function up(t text) returns text language sql immutable as $$ select upper(t) $$;
create table t (id int primary key, n text, u text generated always as (up(n)) stored);
create index t_u on t (up(n));
