#!/usr/bin/env bash
# Starts a PostgreSQL server of its own in a temporary folder and runs a command with
# PAYDESK_TEST_POSTGRES naming it; the server and the folder are gone afterwards.
#
#   scripts/postgres.sh COMMAND [ARGUMENT…]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh

if [ -n "${PAYDESK_TEST_POSTGRES:-}" ]; then exec "$@"; fi

[ -n "$(postgres_bin)" ] || need /usr/lib/postgresql/none postgresql
bin=$(postgres_bin)
folder=$(mktemp -d /tmp/paydesk-postgres.XXXXXX)

# The server refuses to run as root, so root hands it to the user that Debian's package made.
owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres "$folder"

stop() {
  (cd / && owner "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$folder"
}
trap stop EXIT

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(
  cd /
  owner "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C >"$folder/../$(basename "$folder").log" 2>&1
  # Tests kill our programs, never the server, so it need not wait for the disk.
  owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start -o \
    "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=400 -c fsync=${PAYDESK_PG_FSYNC:-off} -c shared_buffers=256MB" >/dev/null
)
rm -f "$folder/../$(basename "$folder").log"
export PAYDESK_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
"$@"
