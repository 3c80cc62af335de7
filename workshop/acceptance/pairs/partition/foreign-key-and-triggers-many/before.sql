create table u (id int primary key);
create table e (id int, u int references u, at date not null, primary key (id, at)) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2026-02-01');
create table x (id int, at date, foreign key (id, at) references e);
