create extension if not exists btree_gist;
create table booking (room bigint, during tsrange, exclude using gist (room with =, during with &&) where (room > 0));
