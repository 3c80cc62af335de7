create sequence s;
create view v as select 1 as x;
