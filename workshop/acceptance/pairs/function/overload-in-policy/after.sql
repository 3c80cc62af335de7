CREATE TABLE profile (id integer, role text);
ALTER TABLE profile ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION may_see(id integer, role text, strict boolean DEFAULT false) RETURNS boolean LANGUAGE sql AS $$ SELECT NOT strict $$;
CREATE POLICY seen ON profile FOR SELECT USING (may_see(id, role));
