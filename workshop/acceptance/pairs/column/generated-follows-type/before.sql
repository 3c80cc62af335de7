CREATE TABLE measure (raw integer, doubled integer GENERATED ALWAYS AS (raw * 2) STORED);
