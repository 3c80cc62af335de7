-- Single-use tokens that let somebody choose a new password.

create table password_reset_tokens (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  token_hash varchar(255) not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  ip_address inet,
  user_agent text,
  created_at timestamptz not null default now(),
  constraint password_reset_tokens_pkey primary key (id),
  constraint password_reset_tokens_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint password_reset_tokens_expiry check (expires_at > created_at),
  constraint password_reset_tokens_used_in_time check (used_at is null or used_at <= expires_at)
);

create unique index password_reset_tokens_token_hash_key on password_reset_tokens (token_hash) where used_at is null;
create index password_reset_tokens_user_id_idx on password_reset_tokens (user_id, created_at desc);
create index password_reset_tokens_expires_at_idx on password_reset_tokens (expires_at) where used_at is null;

comment on table password_reset_tokens is 'Single-use password reset tokens. Only the services read and write them.';
comment on column password_reset_tokens.id is 'Travels in the reset link beside the token.';
comment on column password_reset_tokens.token_hash is 'SHA-256 of the token in hexadecimal; the token itself is never stored.';
comment on column password_reset_tokens.used_at is 'Set when used or invalidated; never after expires_at.';
