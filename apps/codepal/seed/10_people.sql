-- An administrator and two users, none of them with a password yet.
insert into users (id, name, email, email_verified, role)
values
  ('seed-user-admin', 'Ada Admin', 'admin@codepal.example', timestamptz '2026-01-05 09:00:00+00', 'admin'),
  ('seed-user-owner', 'Olga Owner', 'owner@codepal.example', timestamptz '2026-01-05 09:00:00+00', 'user'),
  ('seed-user-developer', 'Dev Developer', 'developer@codepal.example', timestamptz '2026-01-05 09:00:00+00', 'user')
on conflict do nothing;

-- The keys belong to no known token: these are just 64 digits.
insert into api_keys (id, key, user_id, created_at, prefix)
values
  ('seed-api-key', 'c0de0000c0de0000c0de0000c0de0000c0de0000c0de0000c0de0000c0de0000', 'seed-user-owner',
   timestamptz '2026-01-05 09:00:00+00', 'codepal_seed')
on conflict do nothing;

insert into sessions (id, session_token, user_id, expires)
values
  ('seed-session-live', 'c0de1111c0de1111c0de1111c0de1111c0de1111c0de1111c0de1111c0de1111', 'seed-user-owner',
   timestamptz '2036-01-05 09:00:00+00'),
  ('seed-session-expired', 'c0de2222c0de2222c0de2222c0de2222c0de2222c0de2222c0de2222c0de2222', 'seed-user-developer',
   timestamptz '2026-01-06 09:00:00+00')
on conflict do nothing;
