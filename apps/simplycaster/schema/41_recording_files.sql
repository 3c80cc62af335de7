-- One audio or video file per participant of a recording.

create table recording_files (
  id uuid not null default gen_random_uuid(),
  recording_id uuid not null,
  file_name varchar(255) not null,
  file_path text not null,
  mime_type varchar(100) not null default 'audio/webm',
  participant_id uuid,
  participant_name varchar(100) not null,
  participant_type varchar(10) not null,
  size_bytes bigint not null,
  duration_seconds integer,
  uploaded_at timestamptz not null default now(),
  checksum_sha256 varchar(64),
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint recording_files_pkey primary key (id),
  constraint recording_files_recording_id_fkey foreign key (recording_id) references recordings (id) on delete cascade,
  constraint recording_files_path_key unique (recording_id, file_path),
  constraint recording_files_participant_type check (participant_type in ('guest', 'host')),
  constraint recording_files_size_range check (size_bytes > 0),
  constraint recording_files_checksum_format check (checksum_sha256 ~ '^[0-9a-f]{64}$')
);

create index recording_files_recording_id_idx on recording_files (recording_id, uploaded_at desc) where deleted_at is null;
create index recording_files_participant_id_idx on recording_files (participant_id)
  where deleted_at is null and participant_id is not null;

comment on table recording_files is 'The files of a recording, one per participant.';
comment on column recording_files.file_path is 'Unique within the recording.';
comment on column recording_files.participant_id is 'A guest or a user, by participant_type; no foreign key, the file outlives the guest.';
comment on column recording_files.checksum_sha256 is '64 lower-case hexadecimal digits.';
comment on column recording_files.deleted_at is 'Soft delete.';
