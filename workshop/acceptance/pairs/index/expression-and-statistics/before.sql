create table t (id int, a int, b text);
create index i1 on t ((a + 1), lower(b) text_pattern_ops);
create index i2 on t using gin (to_tsvector('simple', b));
create index i3 on t using brin (id) with (pages_per_range = 4);
