-- The first administrator and the first host. Both set their password through a reset link.
insert into users (id, email, role, is_active, email_verified)
values
  ('0b5e8a52-7d0c-4a53-9c37-5c8f6f0a1001', 'admin@simplycaster.com', 'admin', true, true),
  ('0b5e8a52-7d0c-4a53-9c37-5c8f6f0a1002', 'host@simplycaster.com', 'host', true, true)
on conflict do nothing;
