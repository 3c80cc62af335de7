CREATE TABLE measure (raw bigint, doubled bigint GENERATED ALWAYS AS (raw * 2) STORED);
