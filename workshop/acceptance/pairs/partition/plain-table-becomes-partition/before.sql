create table e (id int, at date) partition by range (at);
create table x (id int, at date not null);
create index x_at on x (at);
