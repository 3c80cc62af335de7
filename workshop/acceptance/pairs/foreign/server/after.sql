create extension postgres_fdw;
create server s foreign data wrapper postgres_fdw options (host 'x', dbname 'y');
create user mapping for public server s options (user 'u');
create foreign table ft (a int options (column_name 'b') not null, c text) server s options (table_name 'z');
