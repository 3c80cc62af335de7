create type temp as (deg int);
create function to_text(t temp) returns text language sql immutable as $$ select (t.deg)::text $$;
create cast (temp as text) with function to_text(temp) as assignment;
