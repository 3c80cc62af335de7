CREATE TABLE "my table" ("a ""b""" TEXT, [select] INTEGER, `group` TEXT);
