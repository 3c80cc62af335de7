create function guard() returns event_trigger language plpgsql as 'begin null; end';
create event trigger g on ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE') execute function guard();
create event trigger s on sql_drop execute function guard();
alter event trigger s disable;
comment on event trigger g is 'guards';
