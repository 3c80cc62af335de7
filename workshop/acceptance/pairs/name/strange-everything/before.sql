create schema "Mixed Case";
create type "Mixed Case"."my enum" as enum ('it''s', 'a "b"', '🎉', E'tab\t', '');
create table "Mixed Case"."tab.le" ("select" int primary key, "col ""q""" "Mixed Case"."my enum" default 'it''s', "émoji🎉" text[] default '{"a,b","c\"d"}');
create index "in dex" on "Mixed Case"."tab.le" ("émoji🎉") where "col ""q""" = '🎉';
create function "Mixed Case"."f n"("arg 1" "Mixed Case"."my enum") returns "Mixed Case"."tab.le" language sql as $$ select * from "Mixed Case"."tab.le" $$;
create view "Mixed Case"."v;w" as select "select", "col ""q""" from "Mixed Case"."tab.le";
