create schema "Mixed Case";
create type "Mixed Case"."my enum" as enum ('🎉', 'it''s', 'a "b"');
create table "Mixed Case"."tab.le" ("select" bigint primary key, "col ""q""" "Mixed Case"."my enum" default '🎉', "émoji🎉" text[] default '{"x"}', "$1" int);
create index "in dex" on "Mixed Case"."tab.le" ("émoji🎉") where "col ""q""" = 'it''s';
create function "Mixed Case"."f n"("arg 2" "Mixed Case"."my enum") returns "Mixed Case"."tab.le" language sql as $$ select * from "Mixed Case"."tab.le" $$;
create view "Mixed Case"."v;w" as select "col ""q""", "select" from "Mixed Case"."tab.le";
