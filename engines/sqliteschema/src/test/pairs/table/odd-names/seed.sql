INSERT INTO "my table" VALUES ('x', 1, 'y');
