create unlogged table p (id serial primary key);
create unlogged table c (id int generated always as identity, p int references p);
