create schema s;
create extension hstore;
