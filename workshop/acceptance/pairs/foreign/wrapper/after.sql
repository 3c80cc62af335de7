create foreign data wrapper w options (debug 'true');
create server s type 'a' version 'b' foreign data wrapper w;
comment on server s is 'x';
grant usage on foreign server s to pg_monitor;
