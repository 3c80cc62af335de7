-- Emoji under messages.

create table reactions (
  id uuid not null default gen_random_uuid(),
  message_id uuid not null,
  user_id uuid not null,
  emoji text not null,
  created_at timestamptz not null default now(),
  constraint reactions_pkey primary key (id),
  constraint reactions_message_id_user_id_emoji_key unique (message_id, user_id, emoji),
  constraint reactions_message_id_fkey foreign key (message_id) references messages (id) on delete cascade,
  constraint reactions_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create index idx_reactions_message on reactions (message_id);
create index idx_reactions_user on reactions (user_id);

comment on table reactions is 'Emoji of users under messages, each emoji once per user and message.';
