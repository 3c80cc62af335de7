create type temp as (deg int);
create function to_text(x temp) returns text language sql immutable strict as $$ select (x.deg)::text || 'C' $$;
create cast (temp as text) with function to_text(temp) as implicit;
