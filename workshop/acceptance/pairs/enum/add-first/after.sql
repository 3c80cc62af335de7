create type m as enum ('z', 'a', 'b', 'c');
