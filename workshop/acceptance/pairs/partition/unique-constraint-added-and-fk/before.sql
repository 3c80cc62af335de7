create table e (id int not null, r int not null, v text) partition by hash (r);
create table e0 partition of e for values with (modulus 2, remainder 0);
create table e1 partition of e for values with (modulus 2, remainder 1);
create table f (id int, r int);
