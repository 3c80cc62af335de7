create table e (id int, at date) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2026-04-01');
create table e2 partition of e for values from ('2026-04-01') to ('2026-07-01');
create table ed partition of e default;
create index on e (id);
