create sequence s1 as smallint increment 2 minvalue 1 maxvalue 100 cycle;
create sequence s2;
create table t (id int, b int);
alter sequence s2 owned by t.b;
alter table t alter id set default nextval('s1');
