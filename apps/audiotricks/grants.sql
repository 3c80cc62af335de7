-- What each role may do beyond the platform's defaults; run after every deploy, repeatable.
-- Policies decide about rows, these lines about tables and columns.

-- Password material is the system role's alone; users change it, nobody reads it.
revoke all on users from audiotricks_app, audiotricks_analytics;
grant select (id, email, username, created_at, updated_at, last_login_at, is_active) on users to audiotricks_app;
grant update (email, username, password_hash, is_active) on users to audiotricks_app;
grant delete on users to audiotricks_app;
grant select (id, created_at, updated_at, last_login_at, is_active) on users to audiotricks_analytics;

-- Sessions are made by signing in, which is the system role's work.
revoke all on sessions from audiotricks_app, audiotricks_analytics;
grant select (id, user_id, expires_at, created_at), delete on sessions to audiotricks_app;
grant select (id, user_id, expires_at, created_at) on sessions to audiotricks_analytics;

revoke all on user_settings from audiotricks_app, audiotricks_analytics;
grant select, insert (user_id, openai_api_key_encrypted, elevenlabs_api_key_encrypted, preferred_language, summary_quality, settings_json),
      update (openai_api_key_encrypted, elevenlabs_api_key_encrypted, preferred_language, summary_quality, settings_json)
  on user_settings to audiotricks_app;
grant select (user_id, preferred_language, summary_quality, settings_json, updated_at) on user_settings to audiotricks_analytics;

-- What people said is nothing for reports.
revoke all on audio_history from audiotricks_analytics;

-- Ids and times are the database's choice.
revoke insert, update on audio_history from audiotricks_app;
grant insert (user_id, title, audio_url, file_size_bytes, duration_seconds, transcript, summary, key_moments, processing_options)
  on audio_history to audiotricks_app;
grant update (title, audio_url, file_size_bytes, duration_seconds, transcript, summary, key_moments, processing_options)
  on audio_history to audiotricks_app;

-- The months are reached through their parent alone.
revoke all on schema history_partitions from audiotricks_app, audiotricks_system, audiotricks_analytics;
revoke all on all tables in schema history_partitions from audiotricks_app, audiotricks_system, audiotricks_analytics;

-- The audit log grows only, and only by its triggers.
revoke insert, update, delete on audit_log from audiotricks_app, audiotricks_system;
revoke all on audit_log from audiotricks_analytics;

grant execute on function create_history_partitions(date, integer), detach_history_partitions(date) to audiotricks_system;

-- Where whoever deploys may not give functions away, the search stays right and becomes slower.
do $$
begin
  alter function search_history(text, text, integer, integer) owner to audiotricks_system;
exception when insufficient_privilege then
  raise notice 'search_history stays with its owner: %', sqlerrm;
end
$$;
