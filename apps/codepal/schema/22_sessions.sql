-- Signed-in browsers.

create table sessions (
  id text not null default gen_random_uuid(),
  session_token text not null,
  user_id text not null,
  expires timestamptz not null,
  constraint sessions_pkey primary key (id),
  constraint sessions_session_token_key unique (session_token),
  constraint sessions_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint sessions_session_token_sha256 check (session_token ~ '^[0-9a-f]{64}$')
);

create index sessions_user_id_idx on sessions (user_id);
-- For the daily removal of expired sessions.
create index sessions_expires_idx on sessions (expires);

comment on table sessions is 'Signed-in browsers.';
comment on column sessions.session_token is 'SHA-256 of the token in hexadecimal.';
comment on column sessions.expires is 'From this time on the session is refused; a point in time, never text or a number.';
