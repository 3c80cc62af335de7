create schema s;
create extension hstore schema s;
