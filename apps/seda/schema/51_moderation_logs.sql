-- What moderators did. No foreign keys: an entry outlives its subjects.

create table moderation_logs (
  id uuid not null default gen_random_uuid(),
  room_id text not null,
  moderator_id text not null,
  target_id text not null,
  action moderation_action not null,
  reason text,
  created_at timestamptz not null default now(),
  constraint moderation_logs_pkey primary key (id)
);

create index idx_moderation_logs_room on moderation_logs (room_id);
create index idx_moderation_logs_moderator on moderation_logs (moderator_id);
create index idx_moderation_logs_target on moderation_logs (target_id);
create index idx_moderation_logs_created on moderation_logs (created_at);

comment on table moderation_logs is 'Record of moderation; survives rooms, users and messages.';
comment on column moderation_logs.target_id is 'The message or the user, by action.';
