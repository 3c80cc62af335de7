create type m as enum ('a', 'x', 'y', 'b', 'c');
