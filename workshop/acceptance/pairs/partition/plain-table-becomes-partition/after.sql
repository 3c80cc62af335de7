create table e (id int, at date) partition by range (at);
create index e_at on e (at);
create table x partition of e for values from ('2026-01-01') to ('2026-02-01');
