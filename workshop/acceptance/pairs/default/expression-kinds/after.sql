create type e as enum ('a', 'b');
create function now_text(tz text default 'UTC') returns text language sql as $$ select (now() at time zone tz)::text $$;
create table t (a int default 1 + 3, b text default now_text('CET'), c e[] default '{a,b}', d jsonb default '{"x": [1, 2, {"y": null}]}', e date default current_date + 1, f text default E'a\\b\tc', g interval default '25:00:00', h numeric default 'Infinity');
