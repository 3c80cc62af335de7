create table "user" ("order" int primary key, "table" text, "group" int references "user");
create view "all" as select "order", "table" from "user";
create function "case"("end" int) returns int language sql as $$ select "end" $$;
