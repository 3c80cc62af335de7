create sequence s1 as bigint increment -1 minvalue -100 maxvalue 50 start 50 cache 5;
create sequence s2 as int;
create table t (id int, b int);
alter sequence s2 owned by t.id;
alter table t alter b set default nextval('s2');
