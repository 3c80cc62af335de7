create text search configuration eng (copy = english);
create table doc (id int, body text, tsv tsvector generated always as (to_tsvector('eng', body)) stored);
create index doc_tsv on doc using gin (tsv);
create index doc_b on doc using gin (to_tsvector('eng', body));
