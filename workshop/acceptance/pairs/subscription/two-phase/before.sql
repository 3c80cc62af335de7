CREATE PUBLICATION p FOR ALL TABLES;
CREATE SUBSCRIPTION s CONNECTION 'host=localhost dbname=postgres' PUBLICATION p WITH (connect = false, two_phase = true);
