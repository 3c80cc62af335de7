#!/bin/sh
# Stops the service, keeps the present database, restores the last sound backup, and starts the
# service from it. With a moment as argument (2026-01-02T03:04:05Z) the log is replayed up to it.
# Runs unattended. Whatever fails ends it, and `undercroft up` serves the present data as before.
set -eu

field() {
  tr ',{' '\n\n' | sed -n "s/^ *\"$1\" *: *\"\([^\"]*\)\".*/\1/p" | head -n 1
}

health=$(undercroft backup health --json) || test $? -eq 3
backup=$(printf '%s' "$health" | field id)
moment=${1:-$(printf '%s' "$health" | field stoppedAt)}
if [ -z "$backup" ]; then
  echo "There is no backup that was read back and found sound." >&2
  exit 1
fi
restored=./restored-$(date -u +%Y%m%dT%H%M%SZ)

echo "Stopping the service"
undercroft down

echo "Keeping the present database"
undercroft backup create --full

echo "Restoring $backup as of $moment into $restored, with the checks of the project"
undercroft restore --from "$backup" --time "$moment" --into "$restored"

echo "Starting the service"
undercroft up --data "$restored" --detach
users=$(psql -At "$(undercroft url --project codepal --role system)" -c 'select count(*) from users')
echo "Users: $users"
if [ "$users" -eq 0 ]; then
  undercroft down
  echo "Nobody is left in the restored database; the service stays down." >&2
  exit 1
fi
echo "Recovered from $backup."
