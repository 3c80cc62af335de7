create type lvl as enum ('lo', 'mid', 'hi', 'top');
create type lvlrange as range (subtype = lvl);
create table t (id int, r lvlrange);
