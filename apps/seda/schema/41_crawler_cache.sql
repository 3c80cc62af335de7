-- Pages the verification crawler fetched.

create table crawler_cache (
  id uuid not null default gen_random_uuid(),
  url text not null,
  content text,
  status_code integer,
  headers jsonb,
  crawled_at timestamptz not null default now(),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint crawler_cache_pkey primary key (id),
  constraint crawler_cache_url_key unique (url)
);

create index idx_crawler_cache_expires on crawler_cache (expires_at);

comment on table crawler_cache is 'Pages the verification crawler fetched; kept for a day, removed a week after they expired.';
comment on column crawler_cache.crawled_at is 'The last fetch; created_at is the first.';
