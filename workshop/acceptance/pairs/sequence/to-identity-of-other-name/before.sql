create sequence weird;
create table t (id bigint not null default nextval('weird') primary key, n int);
alter sequence weird owned by t.id;
grant usage on sequence weird to pg_monitor;
