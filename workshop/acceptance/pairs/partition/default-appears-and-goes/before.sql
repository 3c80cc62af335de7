create table e (id int primary key, v text) partition by range (id);
create table e1 partition of e for values from (0) to (100);
