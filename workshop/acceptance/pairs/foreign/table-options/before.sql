create extension postgres_fdw;
create server s foreign data wrapper postgres_fdw options (host 'x', dbname 'y');
create foreign table ft (a int) server s options (table_name 'z');
