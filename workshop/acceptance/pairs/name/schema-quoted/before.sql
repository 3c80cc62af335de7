create schema "My Schema";
create table "My Schema"."T" (id serial primary key);
