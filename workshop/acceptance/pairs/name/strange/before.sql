create table "Täble ""x""" ("col umn" int, "😀" text);
create index "in dex" on "Täble ""x""" ("col umn");
