create table p (id int, x text);
