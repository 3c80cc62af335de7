INSERT INTO word VALUES ('b', 2), ('a', 1);
