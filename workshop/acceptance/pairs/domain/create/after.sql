create domain d as varchar(10) collate "C" default 'x' not null check (value <> '') constraint k check (length(value) > 0);
