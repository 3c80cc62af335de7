-- One administrator, one verified artist, two users.
insert into users (id, email, supabase_id, role)
values
  ('5eda0000-0000-4000-8000-000000000001', 'admin@seda.fm', 'seed-admin', 'ADMIN'),
  ('5eda0000-0000-4000-8000-000000000002', 'artist@seda.fm', 'seed-artist', 'ARTIST'),
  ('5eda0000-0000-4000-8000-000000000003', 'listener.one@seda.fm', 'seed-listener-1', 'USER'),
  ('5eda0000-0000-4000-8000-000000000004', 'listener.two@seda.fm', 'seed-listener-2', 'USER')
on conflict do nothing;

insert into artist_profiles (id, user_id, artist_name, bio, verified, verified_at, bandcamp_url)
values
  ('5eda0000-0000-4000-8000-000000000011', '5eda0000-0000-4000-8000-000000000002', 'The Cellar Doors',
   'Four voices and a room with good stone.', true, timestamptz '2026-01-05 12:00:00+00',
   'https://thecellardoors.bandcamp.com')
on conflict do nothing;
