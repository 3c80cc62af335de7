create table m (id int, at date) partition by range (at);
create table m1 (id int, at date not null);
create index m1_y on m1 (id);
create index m_a on only m (id);
alter table m attach partition m1 for values from ('2026-01-01') to ('2026-02-01');
create index m1_x on m1 (id);
