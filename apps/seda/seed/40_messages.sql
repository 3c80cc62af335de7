-- A thread with replies and reactions, a track card, and a message in the private room.
insert into messages (id, room_id, user_id, type, text, track_ref, created_at)
values
  ('5eda0000-0000-4000-8000-000000000051', '5eda0000-0000-4000-8000-000000000021', '5eda0000-0000-4000-8000-000000000001',
   'TEXT', 'Welcome. Post what you are listening to.', null, timestamptz '2026-01-06 18:00:00+00'),
  ('5eda0000-0000-4000-8000-000000000052', '5eda0000-0000-4000-8000-000000000021', '5eda0000-0000-4000-8000-000000000002',
   'TRACK_CARD', 'Our new one is out.',
   '{"provider": "spotify", "providerId": "seed-track-1", "title": "Vaulted", "artist": "The Cellar Doors"}',
   timestamptz '2026-01-06 18:05:00+00'),
  ('5eda0000-0000-4000-8000-000000000053', '5eda0000-0000-4000-8000-000000000022', '5eda0000-0000-4000-8000-000000000002',
   'TEXT', 'Second take on Thursday?', null, timestamptz '2026-01-06 19:00:00+00')
on conflict do nothing;

insert into messages (id, room_id, user_id, type, text, parent_id, created_at)
values
  ('5eda0000-0000-4000-8000-000000000054', '5eda0000-0000-4000-8000-000000000021', '5eda0000-0000-4000-8000-000000000003',
   'REPLY', 'Morning walk music.', '5eda0000-0000-4000-8000-000000000052', timestamptz '2026-01-06 18:06:00+00'),
  ('5eda0000-0000-4000-8000-000000000055', '5eda0000-0000-4000-8000-000000000021', '5eda0000-0000-4000-8000-000000000004',
   'REPLY', 'That bass line.', '5eda0000-0000-4000-8000-000000000052', timestamptz '2026-01-06 18:07:00+00'),
  ('5eda0000-0000-4000-8000-000000000056', '5eda0000-0000-4000-8000-000000000021', '5eda0000-0000-4000-8000-000000000001',
   'REPLY', 'Pinned for the week.', '5eda0000-0000-4000-8000-000000000052', timestamptz '2026-01-06 18:08:00+00')
on conflict do nothing;

insert into reactions (id, message_id, user_id, emoji)
values
  ('5eda0000-0000-4000-8000-000000000061', '5eda0000-0000-4000-8000-000000000052', '5eda0000-0000-4000-8000-000000000003', '🔥'),
  ('5eda0000-0000-4000-8000-000000000062', '5eda0000-0000-4000-8000-000000000052', '5eda0000-0000-4000-8000-000000000004', '🔥'),
  ('5eda0000-0000-4000-8000-000000000063', '5eda0000-0000-4000-8000-000000000052', '5eda0000-0000-4000-8000-000000000004', '🎧')
on conflict do nothing;
