create table m (id int, at date) partition by range (at);
create index m_a on m (id);
create index m_b on m (id);
create table m1 partition of m for values from ('2026-01-01') to ('2026-02-01');
alter index m1_id_idx rename to m1_x;
alter index m1_id_idx1 rename to m1_y;
