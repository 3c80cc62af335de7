CREATE PUBLICATION p FOR ALL TABLES;
CREATE SUBSCRIPTION s CONNECTION 'host=localhost dbname=postgres' PUBLICATION p WITH (connect = false, slot_name = NONE, enabled = false, binary);
COMMENT ON SUBSCRIPTION s IS 'what they publish';
