create type mood as enum ('sad', 'ok', 'happy');
create domain feeling as mood check (value <> 'sad');
create function is_good(m mood) returns boolean language sql immutable as $$ select m > 'ok'::public.mood $$;
create table person (id int primary key, m mood not null default 'ok', ms mood[] default '{sad,ok}', f feeling, check (m <> 'sad'), check (ms is null or 'ok'::mood = any (ms)));
create index on person (id) where m = 'happy';
create index on person (is_good(m));
create view good as select id, m from person where m > 'ok';
create view arr as select id, ms from person where ms @> array['happy'::mood];
