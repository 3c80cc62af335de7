create type s as enum ('draft', 'review', 'live');
create table post (id int primary key, state s not null default 'review', constraint c check (state <> 'review' or id > 0));
create index post_review on post (id) where state = 'review';
create view reviewing as select id from post where state = 'review';
create function next_state(x s) returns s language sql immutable begin atomic select case x when 'draft' then 'review'::s else 'live'::s end; end;
