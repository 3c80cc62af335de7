-- renamed from s
create sequence s2;
-- renamed from v
create view v2 as select 1 as x;
