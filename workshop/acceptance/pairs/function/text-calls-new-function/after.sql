CREATE FUNCTION a_label(n integer) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN public.z_prefix() || n; END $$;
CREATE FUNCTION z_prefix() RETURNS text LANGUAGE sql AS $$ SELECT 'visit ' $$;
CREATE TABLE visit (id integer, label text DEFAULT a_label(1));
CREATE MATERIALIZED VIEW labels AS SELECT a_label(2) AS label;
