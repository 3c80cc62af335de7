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
