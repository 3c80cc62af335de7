create table e (id int, at timestamptz, v text) partition by range (date_trunc('day', at at time zone 'UTC'));
create table e1 partition of e for values from ('2026-01-01') to ('2026-02-01');
create table e2 partition of e for values from ('2026-02-01') to (maxvalue);
create index e_low on e (lower(v)) include (id);
