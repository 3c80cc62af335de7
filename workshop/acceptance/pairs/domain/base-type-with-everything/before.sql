create domain money_amount as numeric(10,2) check (value >= 0);
create table acc (id int primary key, amount money_amount not null default 0, fees money_amount[]);
create index acc_i on acc (amount) where amount > 10;
create view rich as select id, amount from acc where amount > 1000;
create function fee(m money_amount) returns money_amount language sql immutable as $$ select m * 0.1 $$;
create view fees as select id, fee(amount) from acc;
alter table acc enable row level security;
create policy p on acc using (amount > 5);
