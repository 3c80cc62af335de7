create domain d as int;
comment on domain d is 'x';
