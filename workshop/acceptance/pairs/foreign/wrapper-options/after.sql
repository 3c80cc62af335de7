create foreign data wrapper w options (other 'x');
create server s version '2' foreign data wrapper w;
