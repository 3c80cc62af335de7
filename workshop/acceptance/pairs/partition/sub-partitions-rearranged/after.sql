create table e (r text, at date, v int) partition by list (r);
create table e_eu partition of e for values in ('eu', 'uk') partition by range (at);
create table e_eu_1 partition of e_eu for values from ('2026-01-01') to ('2026-02-01');
create table e_eu_2 partition of e_eu for values from ('2026-02-01') to ('2026-03-01');
create table e_us partition of e for values in ('us') partition by range (at);
create table e_us_1 partition of e_us for values from ('2026-01-01') to ('2026-02-01');
create index e_v on e (v);
