create type m as enum ('a');
create cast (m as int) with inout;
