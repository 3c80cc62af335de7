-- Who has a project open hears how its jobs go on.

create function jobs_tell() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  perform pg_notify('undercroft_news',
    encode(sha256(convert_to('project/' || new.project_id, 'UTF8')), 'hex') || ' ' || new.id);
  return null;
end
$$;
comment on function jobs_tell() is 'Tells who follows the project how its jobs go on.';

create trigger jobs_tell after insert or update on jobs
  for each row execute function jobs_tell();
