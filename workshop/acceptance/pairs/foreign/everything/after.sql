create extension if not exists postgres_fdw;
create server s version '2' foreign data wrapper postgres_fdw options (host 'h2', port '5433');
create user mapping for public server s options (user 'w');
create user mapping for current_user server s options (user 'me');
create foreign table ft (id bigint options (column_name 'j') not null, n text, k int check (k > 0)) server s options (table_name 'z', fetch_size '10');
create view fv as select id from ft;
grant usage on foreign server s to pg_monitor;
comment on foreign table ft is 'far';
