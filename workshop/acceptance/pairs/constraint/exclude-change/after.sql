create extension if not exists btree_gist;
create table b (room int, during tsrange, note text, constraint x exclude using gist (room with =, during with &&) where (note is null) deferrable initially deferred);
