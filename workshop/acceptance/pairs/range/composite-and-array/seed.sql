insert into t values (1, '[1,3)', '{"[1,2)"}', row('[4,5)', 1));
