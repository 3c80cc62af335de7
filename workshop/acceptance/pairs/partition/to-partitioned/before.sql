create table r (id int, d date not null, v text);
