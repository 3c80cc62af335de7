CREATE TABLE event (id integer, at bigint);
