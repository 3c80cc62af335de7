create table u (id int primary key, a int, b text);
create view t as select * from u;
