create schema a;
create schema b;
create table a.t (id bigint primary key, b bigint);
create table b.t (id bigint primary key, a bigint references a.t);
alter table a.t add constraint f foreign key (b) references b.t;
create view a.v as select t.id, bt.a from a.t join b.t bt on bt.a = t.id;
create view b.v as select a as id from a.v;
