-- Trigger functions that several tables share.

create function set_updated_at() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;
comment on function set_updated_at() is 'Stamps the row with the time of its last change, also when one transaction changes it twice.';
