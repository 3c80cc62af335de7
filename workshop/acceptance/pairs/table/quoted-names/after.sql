create schema "My Schema";
create table "My Schema"."Täble ""x""" ("Col One" int primary key, "select" text not null default 'a', "😀" int);
create index "Idx one" on "My Schema"."Täble ""x""" ("Col One", lower("select"));
