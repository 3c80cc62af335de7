-- Accounts, sessions, settings and the history with its months.

-- What the tables below need first.

-- Puts the owner of a row and the words in it into one index.
create extension if not exists btree_gin;

-- One trigger function for every updated_at column.
create function set_updated_at() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  new.updated_at := timezone('utc', clock_timestamp());
  return new;
end
$$;
comment on function set_updated_at() is 'Stamps the row with the time of its last change in UTC, also when one transaction changes it twice.';

-- Accounts. All times of this database are UTC, in columns without a zone.

create table users (
  id uuid not null default gen_random_uuid(),
  email varchar(255) not null,
  username varchar(100) not null,
  password_hash varchar(255) not null,
  created_at timestamp not null default timezone('utc', now()),
  updated_at timestamp not null default timezone('utc', now()),
  last_login_at timestamp,
  is_active boolean not null default true,
  constraint users_pkey primary key (id),
  constraint users_email_key unique (email),
  constraint users_username_key unique (username),
  -- No @: a name can never be taken for somebody's address at sign-in.
  constraint users_username_characters check (username ~ '^[A-Za-z0-9_-]+$')
);

-- A@example.com and a@example.com are one person.
create unique index users_email_lower_key on users (lower(email));
create unique index users_username_lower_key on users (lower(username));

-- A deactivated account is signed out everywhere, at once.
create function users_end_sessions() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  delete from sessions where user_id = new.id;
  return null;
end
$$;
comment on function users_end_sessions() is 'Ends every session of an account that is no longer active.';

-- Users change their own account, but not what decides about signing in.
create function users_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if (select undercroft.tenant()) is null then
    return new;
  end if;
  if (new.id, new.created_at, new.last_login_at) is distinct from (old.id, old.created_at, old.last_login_at) then
    raise exception 'only signing in sets last_login_at, and nothing changes id and created_at'
      using errcode = 'insufficient_privilege', table = 'users', constraint = 'users_fixed_columns';
  end if;
  if new.is_active and not old.is_active then
    raise exception 'a deactivated account cannot reactivate itself'
      using errcode = 'insufficient_privilege', table = 'users', column = 'is_active', constraint = 'users_reactivation';
  end if;
  return new;
end
$$;
comment on function users_guard() is 'Keeps a user from changing what only the service decides.';

create trigger users_guard before update on users
  for each row execute function users_guard();
create trigger users_updated_at before update on users
  for each row execute function set_updated_at();
create trigger users_end_sessions after update of is_active on users
  for each row when (old.is_active and not new.is_active) execute function users_end_sessions();

comment on table users is 'Accounts. Deactivating (is_active) is the normal farewell, deleting the row an explicit erasure.';
comment on column users.username is 'Letters, digits, _ and - only.';
comment on column users.password_hash is 'bcrypt, cost 12.';
comment on column users.updated_at is 'Last change of the row, set by a trigger.';
comment on column users.last_login_at is 'Last successful sign-in; null before the first.';
comment on column users.is_active is 'False: soft-deleted; cannot sign in, and open sessions have ended.';

-- Signed-in devices. A token without its row here is worth nothing.

create table sessions (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  token_hash varchar(255) not null,
  expires_at timestamp not null,
  created_at timestamp not null default timezone('utc', now()),
  constraint sessions_pkey primary key (id),
  constraint sessions_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  -- One index serves uniqueness and look-up.
  constraint sessions_token_hash_key unique (token_hash),
  constraint sessions_token_hash_sha256 check (token_hash ~ '^[0-9a-f]{64}$'),
  constraint sessions_expires_later check (expires_at > created_at)
);

create index sessions_user_id_idx on sessions (user_id);
-- For the removal of expired sessions.
create index sessions_expires_at_idx on sessions (expires_at);

comment on table sessions is 'Signed-in devices.';
comment on column sessions.id is 'Stands in the token as the session id.';
comment on column sessions.token_hash is 'SHA-256 of the token in hexadecimal; the token itself is nowhere in the database.';
comment on column sessions.expires_at is 'From this time on the session is refused.';

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

-- What was processed, one row each; a partition per month.

-- The search configuration for the language a transcript is in; words of other languages are not stemmed.
create function history_language(options jsonb) returns regconfig
  language sql immutable parallel safe
as $$
  select case lower(split_part(options ->> 'language', '-', 1))
    when 'ar' then 'pg_catalog.arabic'::regconfig
    when 'da' then 'pg_catalog.danish'::regconfig
    when 'de' then 'pg_catalog.german'::regconfig
    when 'el' then 'pg_catalog.greek'::regconfig
    when 'en' then 'pg_catalog.english'::regconfig
    when 'es' then 'pg_catalog.spanish'::regconfig
    when 'fi' then 'pg_catalog.finnish'::regconfig
    when 'fr' then 'pg_catalog.french'::regconfig
    when 'hu' then 'pg_catalog.hungarian'::regconfig
    when 'id' then 'pg_catalog.indonesian'::regconfig
    when 'it' then 'pg_catalog.italian'::regconfig
    when 'nl' then 'pg_catalog.dutch'::regconfig
    when 'no' then 'pg_catalog.norwegian'::regconfig
    when 'pt' then 'pg_catalog.portuguese'::regconfig
    when 'ro' then 'pg_catalog.romanian'::regconfig
    when 'ru' then 'pg_catalog.russian'::regconfig
    when 'sv' then 'pg_catalog.swedish'::regconfig
    when 'tr' then 'pg_catalog.turkish'::regconfig
    else 'pg_catalog.simple'::regconfig
  end
$$;
comment on function history_language(jsonb) is 'The search configuration for processing_options.language.';

create function history_search_vector(title text, summary text, transcript text, options jsonb) returns tsvector
  language plpgsql immutable parallel restricted
  set search_path = pg_catalog, public
as $$
declare
  config regconfig := history_language(options);
  taken integer := greatest(length(summary), length(transcript), 1);
begin
  loop
    begin
      return setweight(to_tsvector(config, coalesce(title, '')), 'A')
        || setweight(to_tsvector(config, left(coalesce(summary, ''), taken)), 'B')
        || setweight(to_tsvector(config, left(coalesce(transcript, ''), taken)), 'C');
    exception when program_limit_exceeded then
      -- The words of one row must fit in 1 MB: of a text with more, the beginning is searched.
      taken := taken / 2;
    end;
  end loop;
end
$$;
comment on function history_search_vector(text, text, text, jsonb) is 'The words of an entry: title before summary before transcript.';

create table audio_history (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  title varchar(500),
  audio_url text,
  file_size_bytes bigint,
  duration_seconds integer,
  transcript text,
  summary text,
  key_moments jsonb,
  processing_options jsonb,
  created_at timestamp not null default timezone('utc', now()),
  search tsvector generated always as (history_search_vector(title, summary, transcript, processing_options)) stored,
  -- The month decides about the partition, therefore the time belongs to the key. Ids are made here at
  -- random and the application may not choose them (grants.sql), so an id alone names one row.
  constraint audio_history_pkey primary key (id, created_at),
  constraint audio_history_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint audio_history_file_size check (file_size_bytes >= 0),
  constraint audio_history_duration check (duration_seconds >= 0),
  constraint audio_history_key_moments_array check (jsonb_typeof(key_moments) = 'array'),
  constraint audio_history_processing_options_object check (jsonb_typeof(processing_options) = 'object')
) partition by range (created_at);

-- A user's pages, newest first; the id decides between entries of the same time.
create index audio_history_user_created_idx on audio_history (user_id, created_at desc, id desc);
create index audio_history_search_idx on audio_history using gin (user_id, search);

comment on table audio_history is 'What was processed for a user. Partitioned by month; see create_history_partitions().';
comment on column audio_history.title is 'Title or file name.';
comment on column audio_history.key_moments is 'A list of {timestamp hh:mm:ss, description, confidence 0 to 1}.';
comment on column audio_history.processing_options is 'An object: language, model, summaryStyle, includeTimestamps, speakerDiarization.';
comment on column audio_history.created_at is 'When it was processed.';
comment on column audio_history.search is 'The words of title, summary and transcript, in the language of the transcript; made by the database.';

-- The months of audio_history. They live in a schema of their own that nobody but the owner may use: a
-- partition asked directly would not obey the row policies of its parent.

create schema if not exists history_partitions;
comment on schema history_partitions is 'Partitions of audio_history; reached through their parent only.';

-- Takes what no month takes, so that an insert never fails for want of a partition.
create table history_partitions.audio_history_rest partition of audio_history default;
alter table history_partitions.audio_history_rest enable row level security;
alter table history_partitions.audio_history_rest force row level security;
comment on table history_partitions.audio_history_rest is 'Entries of months without a partition; create_history_partitions() moves them when it makes the month.';

create function create_history_partitions(first_month date, months integer) returns setof text
  language plpgsql
  security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  rest constant text := 'history_partitions.audio_history_rest';
  columns text;
  lower_bound date;
  partition text;
begin
  perform pg_advisory_xact_lock(hashtextextended('audiotricks.history_partitions', 0));
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into columns
    from pg_attribute a
   where a.attrelid = 'public.audio_history'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
  for step in 0 .. months - 1 loop
    lower_bound := (date_trunc('month', first_month) + make_interval(months => step))::date;
    partition := 'audio_history_' || to_char(lower_bound, '"y"YYYY"m"MM');
    continue when to_regclass('history_partitions.' || quote_ident(partition)) is not null;
    execute format('create table history_partitions.%I (like public.audio_history including defaults including generated including constraints)', partition);
    -- The owner sees the rows to move only while its own policies do not bind it; the move is no change of data.
    execute format('alter table %s no force row level security', rest);
    execute format('alter table %s disable trigger user', rest);
    execute format(
      'with moved as (delete from %s where created_at >= %L and created_at < %L returning %s) '
      'insert into history_partitions.%I (%s) select %s from moved',
      rest, lower_bound, lower_bound + interval '1 month', columns, partition, columns, columns);
    execute format('alter table %s enable trigger user', rest);
    execute format('alter table %s force row level security', rest);
    execute format('alter table history_partitions.%I enable row level security, force row level security', partition);
    execute format('alter table public.audio_history attach partition history_partitions.%I for values from (%L) to (%L)',
      partition, lower_bound, lower_bound + interval '1 month');
    return next partition;
  end loop;
end
$$;
revoke all on function create_history_partitions(date, integer) from public;
comment on function create_history_partitions(date, integer) is 'Makes the missing partitions for a number of months from the month of a day on; returns their names. Can be repeated.';

create function detach_history_partitions(older_than date) returns setof text
  language plpgsql
  security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  partition text;
begin
  perform pg_advisory_xact_lock(hashtextextended('audiotricks.history_partitions', 0));
  for partition in
    select c.relname
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'public.audio_history'::regclass
       and c.relname ~ '^audio_history_y[0-9]{4}m[0-9]{2}$'
       and to_date(right(c.relname, 8), '"y"YYYY"m"MM') + interval '1 month' <= older_than
     order by c.relname
  loop
    execute format('alter table public.audio_history detach partition history_partitions.%I', partition);
    return next partition;
  end loop;
end
$$;
revoke all on function detach_history_partitions(date) from public;
comment on function detach_history_partitions(date) is 'Takes the months that ended by a day out of audio_history; they stay as tables of their own, fit to be archived. Returns their names.';
