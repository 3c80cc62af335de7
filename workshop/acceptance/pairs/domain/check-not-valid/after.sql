create domain d as int;
alter domain d add constraint k check (value > 0) not valid;
