create sequence s2;
create type st as enum ('b', 'c');
create function f(x bigint default nextval('s2'), y st default 'b') returns st language sql as $$ select y $$;
create table t (id bigint default nextval('s2'), s st default f(1));
