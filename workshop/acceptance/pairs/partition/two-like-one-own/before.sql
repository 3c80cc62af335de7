create table m (id int, at date) partition by range (at);
create index m_a on m (id);
create table m1 (id int, at date not null);
create index m1_x on m1 (id);
create index m1_y on m1 (id);
