-- Search by words in the history.

-- Search by words.

-- The match of words is not leakproof, so under a row policy the server would read every entry of the user
-- instead of the index. This function names the caller itself; grants.sql gives it to a role that no policy
-- binds. Where that role does not exist, it finds the same rows more slowly.
create function search_history(words text, language text, page_size integer, page_start integer)
  returns table (id uuid, created_at timestamp, title varchar, summary text, excerpt text, rank real)
  language plpgsql stable
  security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  caller uuid := (select undercroft.tenant_uuid());
  config regconfig := history_language(jsonb_build_object('language', language));
  wanted tsquery := websearch_to_tsquery(config, words) || websearch_to_tsquery('simple', words);
begin
  if caller is null then
    return;
  end if;
  return query
    with hits as (
      select h.id, h.created_at, ts_rank(h.search, wanted) as score
        from audio_history h
       where h.user_id = caller and h.search @@ wanted
       order by score desc, h.created_at desc, h.id desc
       limit page_size offset page_start
    )
    select e.id, e.created_at, e.title, e.summary,
           ts_headline(history_language(e.processing_options), left(coalesce(e.transcript, e.summary, e.title, ''), 100000), wanted,
                       'StartSel="", StopSel="", MaxFragments=1, MaxWords=30, MinWords=10'),
           hits.score
      from hits join audio_history e on e.id = hits.id and e.created_at = hits.created_at
     where e.user_id = caller
     order by hits.score desc, e.created_at desc, e.id desc;
end
$$;
comment on function search_history(text, text, integer, integer) is 'The caller''s entries with these words, best first; quotes, or and - work as in web searches.';
