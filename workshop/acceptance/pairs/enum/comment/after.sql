create type m as enum ('a', 'b', 'c');
comment on type m is 'moods';
