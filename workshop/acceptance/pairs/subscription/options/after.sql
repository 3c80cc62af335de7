CREATE PUBLICATION p FOR ALL TABLES;
CREATE SUBSCRIPTION s CONNECTION 'host=localhost dbname=other' PUBLICATION p, q
  WITH (connect = false, slot_name = 'mine', binary = true, streaming = on, synchronous_commit = 'local', disable_on_error = true);
