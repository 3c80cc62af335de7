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
