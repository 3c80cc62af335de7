create sequence s;
create type st as enum ('a', 'b');
create function f(x bigint default nextval('s'), y st default 'a') returns st language sql as $$ select y $$;
create table t (id bigint default nextval('s'), s st default f(1));
