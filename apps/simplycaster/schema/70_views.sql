-- Views see what the caller may see: the row policies of the tables below them apply.

create view active_rooms_view with (security_invoker = true) as
select r.id,
       r.name,
       r.slug,
       r.status,
       r.max_participants,
       r.allow_video,
       r.host_id,
       u.email as host_email,
       r.recording_started_at,
       r.recording_stopped_at,
       r.created_at,
       r.updated_at,
       (select count(*)
          from guests g
         where g.room_id = r.id and g.left_at is null and g.kicked_at is null) as active_guests
  from rooms r
  left join users u on u.id = r.host_id
 where r.closed_at is null;
comment on view active_rooms_view is 'Open rooms with the address of the host and the number of guests who neither left nor were kicked.';

create view recordings_summary_view with (security_invoker = true) as
select r.id,
       r.room_id,
       m.name as room_name,
       r.folder_name,
       r.duration_seconds,
       r.total_size_bytes,
       r.participant_count,
       r.status,
       r.started_at,
       r.stopped_at,
       r.completed_at,
       r.created_by,
       u.email as creator_email,
       u.role as creator_role,
       (select count(*)
          from recording_files f
         where f.recording_id = r.id and f.deleted_at is null) as file_count,
       r.created_at,
       r.updated_at,
       r.deleted_at
  from recordings r
  left join rooms m on m.id = r.room_id
  left join users u on u.id = r.created_by;
comment on view recordings_summary_view is 'Recordings, deleted ones too, with their creator, room and number of files that are not deleted.';

create view published_feed_view with (security_invoker = true) as
select e.id,
       e.title,
       e.description,
       e.slug,
       e.audio_file_path,
       e.audio_mime_type,
       e.audio_size_bytes,
       e.duration_seconds,
       e.episode_number,
       e.season_number,
       e.explicit,
       e.published_at
  from feed_episodes e
 where e.is_published and e.deleted_at is null
 order by e.published_at desc;
comment on view published_feed_view is 'The public columns of published episodes, newest first.';
