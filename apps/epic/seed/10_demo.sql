-- A user to look around with.
insert into users (id, email, name, role, settings)
values
  ('demo-user-id', 'demo@example.com', 'Demo User', 'USER',
   '{"language": "zh-TW", "timezone": "Asia/Taipei", "theme": "system",
     "notifications": {"email": true, "discord": false, "webhook": false},
     "privacy": {"analytics": true, "error_reporting": true}}')
on conflict do nothing;
