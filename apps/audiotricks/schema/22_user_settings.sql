-- Preferences, and the keys a user brings along.

create table user_settings (
  user_id uuid not null,
  openai_api_key_encrypted text,
  elevenlabs_api_key_encrypted text,
  preferred_language varchar(10) not null default 'en',
  summary_quality varchar(20) not null default 'balanced',
  settings_json jsonb not null default '{}',
  updated_at timestamp not null default timezone('utc', now()),
  constraint user_settings_pkey primary key (user_id),
  constraint user_settings_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint user_settings_json_object check (jsonb_typeof(settings_json) = 'object'),
  -- The forms in which the two providers issue keys: such a value was not encrypted.
  constraint user_settings_openai_key_encrypted check (openai_api_key_encrypted !~ '^sk-'),
  constraint user_settings_elevenlabs_key_encrypted check (elevenlabs_api_key_encrypted !~* '^(sk_.*|[0-9a-f]{32})$')
);

create trigger user_settings_updated_at before update on user_settings
  for each row execute function set_updated_at();

comment on table user_settings is 'Preferences of a user, at most one row each.';
comment on column user_settings.openai_api_key_encrypted is 'AES-256-GCM, bound to this user; never plain text.';
comment on column user_settings.elevenlabs_api_key_encrypted is 'AES-256-GCM, bound to this user; never plain text.';
comment on column user_settings.summary_quality is 'fast, balanced or detailed; the service decides what it accepts.';
comment on column user_settings.settings_json is 'An object: theme, autoSave, notifications, audioDefaults and whatever else the client keeps.';
