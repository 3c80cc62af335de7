create table m (id int, at date) partition by range (at);
create index m_a on m (id);
create index m_b on m (id);
create table m1 (id int, at date);
create index m1_id_idx on m1 (id);
create index m1_id_idx1 on m1 (id);
create table m2 partition of m for values from ('2026-02-01') to ('2026-03-01');
