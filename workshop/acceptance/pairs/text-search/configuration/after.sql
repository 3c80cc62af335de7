create text search configuration c (copy = english);
alter text search configuration c drop mapping for email;
comment on text search configuration c is 'x';
