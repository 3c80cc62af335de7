create text search dictionary d (template = simple, stopwords = english, accept = false);
create text search configuration c (copy = simple);
alter text search configuration c alter mapping for word, asciiword with d;
alter text search configuration c drop mapping for url;
create view v as select to_tsvector('c', 'y') t;
