create table t (id int, a int, b text);
create index i1 on t (lower(b) text_pattern_ops, (a + 1) desc);
create index i2 on t using gin (to_tsvector('english', b));
create index i3 on t using brin (id int4_minmax_multi_ops (values_per_range = 16)) with (pages_per_range = 8, autosummarize = on);
