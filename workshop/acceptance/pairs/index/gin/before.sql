create table j (d jsonb);create index i on j using gin (d);
