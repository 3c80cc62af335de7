create function guard() returns event_trigger language plpgsql as 'begin end';
create event trigger g on ddl_command_end when tag in ('CREATE TABLE') execute function guard();
