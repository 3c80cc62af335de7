create foreign data wrapper w options (debug 'true');
create server s version '1' foreign data wrapper w;
