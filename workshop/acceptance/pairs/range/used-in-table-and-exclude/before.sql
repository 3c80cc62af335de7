create type fr as range (subtype = float8, subtype_diff = float8mi);
create table t (id int, r fr, exclude using gist (r with &&));
create function len(r fr) returns float8 language sql immutable as $$ select upper(r) - lower(r) $$;
create index t_l on t (len(r));
