create table j (d tsvector);create index i on j using gist (d tsvector_ops (siglen = 100));
