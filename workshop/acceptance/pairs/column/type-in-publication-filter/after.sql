create table t (id bigint primary key, n bigint, s text);
alter table t replica identity full;
create publication p for table t (id, n) where (n > 3);
