-- A user to look around with, one session that nobody holds the token of, and enough history for two pages.
-- The password hash is of no password: a password comes with a new registration.
select create_history_partitions(timestamp '2026-01-01'::date, 1);
select create_history_partitions(timezone('utc', now())::date, 4);

insert into users (id, email, username, password_hash, created_at)
values
  ('a0d10000-0000-4000-8000-000000000001', 'demo@audiotricks.example', 'demo',
   '$2b$12$................................................CCCCC', timestamp '2026-01-01 09:00:00')
on conflict do nothing;

insert into user_settings (user_id, settings_json)
values
  ('a0d10000-0000-4000-8000-000000000001',
   '{"theme": "dark", "autoSave": true, "notifications": {"email": true, "browser": false}, "audioDefaults": {"format": "mp3", "quality": "high"}}')
on conflict do nothing;

insert into sessions (id, user_id, token_hash, expires_at, created_at)
values
  ('a0d10000-0000-4000-8000-000000000002', 'a0d10000-0000-4000-8000-000000000001',
   '5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed', timestamp '2036-01-01 09:00:00', timestamp '2026-01-01 09:00:00')
on conflict do nothing;

insert into audio_history (id, user_id, title, audio_url, file_size_bytes, duration_seconds, transcript, summary, key_moments, processing_options, created_at)
select ('a0d10000-0000-4000-8000-' || lpad(to_hex(256 + n), 12, '0'))::uuid,
       'a0d10000-0000-4000-8000-000000000001',
       'Interview ' || n,
       'https://media.audiotricks.example/interview-' || n || '.mp3',
       1000000 + n,
       600 + n,
       'Welcome to interview number ' || n || '. Today we talk about ' ||
         (array['recording', 'editing', 'mastering', 'publishing', 'listening'])[1 + n % 5] || ' podcasts.',
       'A conversation about ' || (array['recording', 'editing', 'mastering', 'publishing', 'listening'])[1 + n % 5] || '.',
       '[{"timestamp": "00:01:23", "description": "Introduction begins", "confidence": 0.95}]',
       '{"language": "en", "model": "whisper-1", "summaryStyle": "detailed", "includeTimestamps": true, "speakerDiarization": false}',
       timestamp '2026-01-05 12:00:00' + n * interval '1 hour'
  from generate_series(1, 25) as n
on conflict do nothing;
