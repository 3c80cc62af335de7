create table "user" ("order" int primary key, "table" varchar(30), "group" int references "user" on delete cascade, "default" int default "position"('a', 'b'));
create view "all" as select "order", "table", "group" from "user";
create function "case"("end" bigint) returns int language sql as $$ select 1 $$;
