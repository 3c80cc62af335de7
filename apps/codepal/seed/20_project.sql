-- A project with its owner, a developer and a viewer, and four files.
insert into projects (id, name, description, owner_id, settings, template)
values
  ('seed-project', 'Lantern', 'A small web server, written together.', 'seed-user-owner',
   '{"language": "java", "framework": "none", "aiEnabled": true, "codeReviewEnabled": true, "securityScanEnabled": false}',
   'web-server')
on conflict do nothing;

insert into project_members (id, project_id, user_id, role)
values
  ('seed-member-developer', 'seed-project', 'seed-user-developer', 'DEVELOPER'),
  ('seed-member-viewer', 'seed-project', 'seed-user-admin', 'VIEWER')
on conflict do nothing;

insert into project_files (id, project_id, path, name, content, modified_by)
values
  ('seed-file-readme', 'seed-project', 'README.md', 'README.md', E'# Lantern\n\nA small web server.\n', 'seed-user-owner'),
  ('seed-file-main', 'seed-project', 'src/Main.java', 'Main.java', E'void main() {\n  IO.println("Lantern");\n}\n', 'seed-user-owner'),
  ('seed-file-server', 'seed-project', 'src/http/Server.java', 'Server.java', E'final class Server {}\n', 'seed-user-developer'),
  ('seed-file-ignore', 'seed-project', '.gitignore', '.gitignore', E'target/\n', 'seed-user-developer')
on conflict do nothing;
