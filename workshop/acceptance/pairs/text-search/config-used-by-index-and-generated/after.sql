create text search dictionary short (template = simple, stopwords = english);
create text search configuration eng (copy = english);
alter text search configuration eng alter mapping for asciiword with short;
create table doc (id int, body text, tsv tsvector generated always as (setweight(to_tsvector('eng', coalesce(body, '')), 'A')) stored);
create index doc_tsv on doc using gin (tsv) with (fastupdate = off);
create index doc_b on doc using gin (to_tsvector('eng', body));
