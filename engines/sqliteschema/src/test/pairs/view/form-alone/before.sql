CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER);
create view V as select id,name from PERSON where name!='x'--all
;
