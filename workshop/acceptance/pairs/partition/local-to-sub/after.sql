create table e (id int not null, r text not null) partition by list (r);
create table e_a partition of e for values in ('a');
create table e_b partition of e for values in ('b') partition by range (id);
create table e_b1 partition of e_b for values from (0) to (1000);
create unique index e_u on e (id, r);
