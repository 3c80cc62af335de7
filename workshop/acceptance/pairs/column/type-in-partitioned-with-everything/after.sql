create table m (id bigint not null, at date not null, v numeric(12,2), primary key (id, at)) partition by range (at);
create table m1 partition of m for values from ('2026-01-01') to ('2026-02-01');
create table m2 partition of m for values from ('2026-02-01') to ('2026-03-01');
create index on m (v);
create view mv as select v from m;
alter table m1 add constraint own check (v > -100);
