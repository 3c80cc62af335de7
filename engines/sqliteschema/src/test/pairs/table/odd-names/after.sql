CREATE TABLE "my table" ("a ""b""" TEXT, "select" INTEGER, "group" TEXT, "new one" TEXT CHECK ("new one" <> 'x'));
CREATE INDEX "an index" ON "my table" ("select", "group" DESC);
