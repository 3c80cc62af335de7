create table "Täble ""x""" ("col umn" bigint, "😀" text not null default 'ä', "select" int primary key);
create index "in dex" on "Täble ""x""" ("😀");
comment on column "Täble ""x"""."😀" is 'it''s \ "quoted"';
