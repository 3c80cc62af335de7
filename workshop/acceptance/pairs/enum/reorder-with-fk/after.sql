create type m as enum ('b', 'a', 'c');
create table p (k m primary key);
create table c (k m references p);
