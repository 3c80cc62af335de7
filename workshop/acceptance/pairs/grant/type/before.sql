create type m as enum ('a');
