create schema a;
create schema b;
create table a.t (id int primary key, b int);
create table b.t (id int primary key, a int references a.t);
alter table a.t add constraint f foreign key (b) references b.t deferrable;
create view a.v as select t.id from a.t join b.t bt on bt.a = t.id;
create view b.v as select id from a.v;
