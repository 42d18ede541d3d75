#!/usr/bin/env bash
# Installs what the tests need, as far as that is allowed, and runs everything.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh

need cargo cargo
need cc build-essential
need python3 python3
need node nodejs
need npm npm
need chromium chromium
need /usr/sbin/postfix postfix
need /usr/sbin/dovecot dovecot-imapd dovecot-lmtpd
need swaks swaks
[ -n "$(postgres_bin)" ] || need /usr/lib/postgresql/none postgresql
cargo nextest --version >/dev/null 2>&1 || {
  say "installing cargo-nextest"
  cargo install --locked cargo-nextest
}
[ -d e2e/node_modules ] && [ e2e/node_modules -nt e2e/package-lock.json ] || {
  say "installing the browser tests' packages"
  (cd e2e && npm ci --no-audit --no-fund --loglevel=error && touch node_modules)
}
exec scripts/postgres.sh cargo xtask ci "$@"
