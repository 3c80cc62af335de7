create schema "My Schema";
create type "My Schema"."E" as enum ('a', 'it''s');
create table "My Schema"."T" (id bigserial primary key, e "My Schema"."E" default 'it''s', f "My Schema"."E"[]);
create function "My Schema"."F" ("A" "My Schema"."E") returns int language sql as 'select 1';
create view "My Schema"."V" as select "My Schema"."F"(e) from "My Schema"."T";
