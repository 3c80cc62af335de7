create virtual table S using FTS5 (title,body , tokenize='porter');
