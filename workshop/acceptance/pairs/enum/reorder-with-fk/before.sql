create type m as enum ('a', 'b', 'c');
create table p (k m primary key);
create table c (k m references p);
