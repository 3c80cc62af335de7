CREATE VIRTUAL TABLE s USING fts5(title, body, tokenize = 'porter');
