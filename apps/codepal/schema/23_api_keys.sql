-- Keys for programs.

create table api_keys (
  id text not null default gen_random_uuid(),
  key text not null,
  user_id text not null,
  created_at timestamptz not null default now(),
  prefix text not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_pkey primary key (id),
  constraint api_keys_key_key unique (key),
  constraint api_keys_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint api_keys_key_sha256 check (key ~ '^[0-9a-f]{64}$'),
  constraint api_keys_prefix_short check (length(prefix) between 4 and 24)
);

create index api_keys_user_id_idx on api_keys (user_id);

comment on table api_keys is 'Keys for programs. The key is shown once, when it is made.';
comment on column api_keys.key is 'SHA-256 of the key in hexadecimal.';
comment on column api_keys.prefix is 'How the key begins, so that its owner recognises it.';
comment on column api_keys.revoked_at is 'From this time on the key is refused.';
