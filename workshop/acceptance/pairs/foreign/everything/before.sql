create extension if not exists postgres_fdw;
create server s foreign data wrapper postgres_fdw options (host 'h', dbname 'd');
create user mapping for public server s options (user 'u');
create foreign table ft (id int options (column_name 'i'), n text) server s options (schema_name 'x', table_name 'y');
