create table e (id int not null, r int not null, v text, constraint eu unique (id, r)) partition by hash (r);
create table e0 partition of e for values with (modulus 2, remainder 0);
create table e1 partition of e for values with (modulus 2, remainder 1);
create table f (id int, r int, foreign key (id, r) references e (id, r) on delete cascade);
