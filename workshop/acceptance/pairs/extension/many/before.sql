create extension "uuid-ossp";
create table t (id uuid default uuid_generate_v4() primary key);
