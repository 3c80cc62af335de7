CREATE SCHEMA app;
CREATE TABLE app.account (id integer PRIMARY KEY, active boolean);
CREATE VIEW app.active_account AS SELECT id FROM app.account WHERE active;
ALTER TABLE app.account ENABLE ROW LEVEL SECURITY;
CREATE POLICY active ON app.account USING (id IN (SELECT id FROM app.active_account));
