create function e() returns event_trigger language plpgsql as 'begin end';
create event trigger x on ddl_command_start when tag in ('DROP TABLE') execute function e();
alter event trigger x disable;
