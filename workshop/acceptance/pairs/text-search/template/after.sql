create text search template tt (lexize = dsimple_lexize, init = dsimple_init);
create text search parser pp (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
