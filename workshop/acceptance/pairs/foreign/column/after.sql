create extension postgres_fdw;
create server s foreign data wrapper postgres_fdw options (host 'x', dbname 'y');
create foreign table ft (a bigint not null, constraint k check (a > 0)) server s;
comment on foreign table ft is 'x';
