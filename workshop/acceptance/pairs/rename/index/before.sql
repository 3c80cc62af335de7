-- renamed from j
create table t (a int);
-- renamed from j
create index i on t (a);
