create table u (id bigint primary key);
create table e (id bigint, u bigint references u on delete cascade, at date not null, n int default 0 not null, primary key (id, at)) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2026-03-01');
create table e2 partition of e for values from ('2026-03-01') to ('2026-04-01');
create table x (id bigint, at date, foreign key (id, at) references e on delete cascade);
