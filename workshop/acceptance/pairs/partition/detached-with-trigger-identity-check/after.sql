create table e (id bigint generated always as identity, at date not null, v int check (v > 0)) partition by range (at);
create table e1 (id bigint not null, at date not null, v int);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr after insert on e for each row execute function f();
