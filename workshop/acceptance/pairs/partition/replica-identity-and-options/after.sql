create table e (id int not null, at date not null, primary key (id, at)) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2026-02-01') with (fillfactor = 70, autovacuum_enabled = off);
alter table e1 replica identity full;
alter table e1 cluster on e1_pkey;
