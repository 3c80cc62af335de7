create type s as enum ('draft', 'live');
create table post (id int primary key, state s not null default 'draft');
