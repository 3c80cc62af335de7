-- Three tracks from three providers.
insert into track_refs (id, provider, provider_id, url, title, artist, duration)
values
  ('5eda0000-0000-4000-8000-000000000041', 'spotify', 'seed-track-1', 'https://open.spotify.com/track/seed-track-1',
   'Vaulted', 'The Cellar Doors', 214),
  ('5eda0000-0000-4000-8000-000000000042', 'youtube', 'seed-track-2', 'https://www.youtube.com/watch?v=seed-track-2',
   'Lantern', 'The Cellar Doors', 187),
  ('5eda0000-0000-4000-8000-000000000043', 'bandcamp', 'seed-track-3', 'https://thecellardoors.bandcamp.com/track/keystone',
   'Keystone', 'The Cellar Doors', 301)
on conflict do nothing;
