create table Person(ID integer primary key,"Name" text not null,Age integer);
