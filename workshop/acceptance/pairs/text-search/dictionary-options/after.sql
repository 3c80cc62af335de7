create text search dictionary d (template = simple, accept = false);
create text search configuration c (parser = default);
alter text search configuration c add mapping for word with d;
