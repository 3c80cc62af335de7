create type e as enum ('a', 'b');
create function now_text() returns text language sql as $$ select now()::text $$;
create table t (a int default 1 + 2, b text default now_text(), c e[] default array['a'::e], d jsonb default '{"x": [1, 2]}', e date default current_date, f text default E'a\\b\n', g interval default '1 day', h numeric default 'NaN');
