create table e (id int, at date, v int default 3) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2026-02-01');
create table e2 partition of e (v default 7) for values from ('2026-02-01') to ('2026-03-01');
