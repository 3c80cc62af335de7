create text search configuration c (copy = english);
alter text search configuration c alter mapping for word with simple;
alter text search configuration c drop mapping for url;
