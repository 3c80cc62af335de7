create table t (a int);
-- renamed from i
create index j on t (a);
