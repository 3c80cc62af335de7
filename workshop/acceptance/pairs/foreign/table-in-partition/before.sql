create extension if not exists postgres_fdw;
create server s foreign data wrapper postgres_fdw options (host 'h');
create table e (id int, at date) partition by range (at);
create foreign table e1 partition of e for values from ('2026-01-01') to ('2026-02-01') server s;
