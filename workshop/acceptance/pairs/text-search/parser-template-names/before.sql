create text search dictionary d (template = synonym, synonyms = synonym_sample);
create text search configuration c (copy = simple);
alter text search configuration c alter mapping for word with d, simple;
create view v as select to_tsvector('c', 'x') t;
