create table t (id int primary key, a int, g int default 3);
create index t_g on t (g);
create view v as select id, g from t;
grant select (g) on t to pg_monitor;
comment on column t.g is 'x';
