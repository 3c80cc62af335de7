INSERT INTO "my table" ("select") VALUES (1);
