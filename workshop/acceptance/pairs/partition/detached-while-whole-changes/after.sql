CREATE TABLE reading (at date NOT NULL, value bigint, place text) PARTITION BY RANGE (at);
CREATE TABLE reading_new PARTITION OF reading FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE reading_old (at date NOT NULL, value integer, unit text);
