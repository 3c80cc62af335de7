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
