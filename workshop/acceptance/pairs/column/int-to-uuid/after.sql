create table t (id uuid primary key default gen_random_uuid(), n text);
create table u (id uuid primary key default gen_random_uuid(), t uuid references t);
